package dev.longhaul.longhorn.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.QuietRecord;
import dev.longhaul.core.cluster.QuietRecords;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.ResourceNotFoundException;
import io.fabric8.kubernetes.client.dsl.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A ConfigMap per record in Longhorn's namespace: all of them can be found with one call
 * in a place of which we know, also when an application's definition is gone. That the
 * API server lets only one create an object of a name makes the window exclusive.
 */
public final class ConfigMapQuietRecords implements QuietRecords {

	/** Before the name of the application. */
	static final String PREFIX = "longhaul-quiet-";

	static final String LABEL = "longhaul.dev/quiet";

	static final String KEY = "record.json";

	private final KubernetesClient client;

	private final String namespace;

	/**
	 * @param client one that bounds every call in time and does not retry; closed by the
	 * caller
	 */
	public ConfigMapQuietRecords(KubernetesClient client, String namespace) {
		this.client = client;
		this.namespace = namespace;
	}

	@Override
	public Optional<Kept> create(QuietRecord record) {
		ClusterCall call = call("create", name(record.application()));
		try {
			return Optional.of(kept(record, client.resource(object(record, null)).create()));
		}
		catch (KubernetesClientException ex) {
			CallTrouble trouble = CallTrouble.of(call, ex);
			return switch (trouble.kind()) {
				case ALREADY_EXISTS, BUSY -> whatIsThere(record, trouble);
				case ANSWER_LOST -> throw unknown(trouble);
				default -> throw trouble.toException();
			};
		}
	}

	/** It may be from a call of our own whose answer was lost. */
	private Optional<Kept> whatIsThere(QuietRecord record, CallTrouble trouble) {
		Kept found = find(record.application()).orElseThrow(() -> gone(trouble));
		return Optional.of(found).filter(kept -> kept.record().equals(record));
	}

	private static TransientFailure gone(CallTrouble trouble) {
		return new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, trouble.fact() + "; a moment later it was gone",
				"try again", trouble.cause());
	}

	@Override
	public Kept replace(Kept kept, QuietRecord by) {
		ClusterCall call = call("update", name(by.application()));
		try {
			return kept(by, client.resource(object(by, kept.version())).lockResourceVersion(kept.version()).update());
		}
		catch (KubernetesClientException ex) {
			CallTrouble trouble = CallTrouble.of(call, ex);
			return switch (trouble.kind()) {
				case BUSY, NOT_FOUND -> find(by.application()).filter(now -> now.record().equals(by))
					.orElseThrow(() -> changed(by.application(), trouble));
				case ANSWER_LOST -> throw unknown(trouble);
				default -> throw trouble.toException();
			};
		}
	}

	@Override
	public void delete(Kept kept) {
		ApplicationName application = kept.record().application();
		ClusterCall call = call("delete", name(application));
		try {
			var unusedDetails = client.resource(object(kept.record(), kept.version()))
				.lockResourceVersion(kept.version())
				.delete();
		}
		catch (KubernetesClientException ex) {
			CallTrouble trouble = CallTrouble.of(call, ex);
			switch (trouble.kind()) {
				case NOT_FOUND -> {
					// A call before, whose answer was lost, has done it.
				}
				case BUSY -> throw changed(application, trouble);
				case ANSWER_LOST -> throw unknown(trouble);
				default -> throw trouble.toException();
			}
		}
	}

	@Override
	public Optional<Kept> find(ApplicationName application) {
		ClusterCall call = call("get", name(application));
		try {
			ConfigMap found = resource(name(application)).require();
			return Optional.of(kept(read(found), found));
		}
		catch (KubernetesClientException | ResourceNotFoundException ex) {
			CallTrouble trouble = CallTrouble.of(call, ex);
			if (trouble.kind() == CallTrouble.Kind.NOT_FOUND) {
				return Optional.empty();
			}
			throw trouble.toException();
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(
					FailureCode.CLUSTER_REFUSED, "ConfigMap '%s' in namespace '%s' cannot be read: %s"
						.formatted(name(application), namespace, ex.getMessage()),
					"look whether the application is released, and delete it", ex);
		}
	}

	@Override
	public All all() {
		List<Kept> records = new ArrayList<>();
		List<String> unreadable = new ArrayList<>();
		for (ConfigMap found : list()) {
			try {
				records.add(kept(read(found), found));
			}
			catch (IllegalArgumentException ex) {
				unreadable.add("ConfigMap '%s' in namespace '%s' (%s)".formatted(found.getMetadata().getName(),
						namespace, ex.getMessage()));
			}
		}
		return new All(records, unreadable);
	}

	private List<ConfigMap> list() {
		try {
			return client.configMaps().inNamespace(namespace).withLabel(LABEL, "true").list().getItems();
		}
		catch (KubernetesClientException ex) {
			throw CallTrouble.of(call("list", null), ex).toException();
		}
	}

	private static QuietRecord read(ConfigMap found) {
		String text = Objects.requireNonNullElse(found.getData(), Map.<String, String>of()).get(KEY);
		if (text == null) {
			throw new IllegalArgumentException("it has no key '" + KEY + "'");
		}
		QuietRecord record = QuietRecordJson.read(text);
		if (!name(record.application()).equals(found.getMetadata().getName())) {
			throw new IllegalArgumentException("it is of application '%s'".formatted(record.application()));
		}
		return record;
	}

	private ConfigMap object(QuietRecord record, @Nullable String version) {
		return new ConfigMapBuilder().withNewMetadata()
			.withName(name(record.application()))
			.withNamespace(namespace)
			.withResourceVersion(version)
			.addToLabels("app.kubernetes.io/managed-by", "longhaul")
			.addToLabels(LABEL, "true")
			.endMetadata()
			.addToData(KEY, QuietRecordJson.write(record))
			.build();
	}

	private static Kept kept(QuietRecord record, ConfigMap stored) {
		return new Kept(record, String.valueOf(stored.getMetadata().getResourceVersion()));
	}

	private Resource<ConfigMap> resource(String name) {
		return client.configMaps().inNamespace(namespace).withName(name);
	}

	private static String name(ApplicationName application) {
		return PREFIX + application;
	}

	private static LonghaulException unknown(CallTrouble trouble) {
		return new OutcomeUnknown(FailureCode.CLUSTER_UNREACHABLE, trouble.fact() + "; it may have been done",
				"asking again is safe", trouble.cause());
	}

	private static RefusedRequest changed(ApplicationName application, CallTrouble trouble) {
		return new RefusedRequest(FailureCode.CLUSTER_REFUSED,
				"somebody else has changed the record of application '%s': %s".formatted(application, trouble.said()),
				"let only one Longhaul back it up", trouble.cause());
	}

	private ClusterCall call(String verb, @Nullable String name) {
		return new ClusterCall(client.getMasterUrl().toString(), verb, "", "configmaps", namespace, name);
	}

}
