package dev.longhaul.longhorn.cluster;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

import dev.longhaul.core.cluster.ArgoApplications;
import dev.longhaul.core.deploy.ArgoApplication;
import dev.longhaul.core.deploy.PausedSync;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import org.jspecify.annotations.Nullable;

/**
 * Argo CD by its Applications, without its server: as its own controller is asked by it.
 */
final class ArgoCdApplications implements ArgoApplications {

	static final ResourceDefinitionContext APPLICATION = new ResourceDefinitionContext.Builder()
		.withGroup("argoproj.io")
		.withVersion("v1alpha1")
		.withPlural("applications")
		.withKind("Application")
		.withNamespaced(true)
		.build();

	private static final String SPEC = "spec";

	private static final String SYNC_POLICY = "syncPolicy";

	private static final String AUTOMATED = "automated";

	private static final String OPERATION = "operation";

	private final KubernetesClient client;

	private final LonghornApi api;

	private final String namespace;

	/**
	 * @param namespace where Argo CD is installed
	 */
	ArgoCdApplications(KubernetesClient client, String namespace, Clock clock) {
		this.client = client;
		this.api = new LonghornApi(client, namespace, clock);
		this.namespace = namespace;
	}

	@Override
	public Optional<List<ArgoApplication>> list() {
		return api.listIfServed(APPLICATION, namespace)
			.map(found -> found.stream()
				.filter(application -> !Wire.isBeingDeleted(application))
				.map(ArgoApplicationReading::read)
				.sorted(Comparator.comparing(ArgoApplication::name))
				.toList());
	}

	/**
	 * A raw operation gets only the options that are written into it, while one of Argo
	 * CD's own gets those of the Application: without them it makes no namespace.
	 */
	@Override
	public boolean requestSync(ArgoApplication application) {
		return change(application, tree -> {
			if (ArgoApplicationReading.read(tree).underWay()) {
				return false;
			}
			Map<String, Object> sync = new LinkedHashMap<>();
			sync.put("prune", false);
			if (Tree.field(tree.get(SPEC), SYNC_POLICY, "syncOptions") instanceof List<?> options) {
				sync.put("syncOptions", options);
			}
			tree.setAdditionalProperty(OPERATION, Map.of("initiatedBy", Map.of("username", "longhaul"), "sync", sync));
			return true;
		});
	}

	@Override
	public boolean requestRefresh(ArgoApplication application) {
		return change(application, tree -> {
			annotate(tree, ArgoApplicationReading.REFRESH, "normal");
			return true;
		});
	}

	@Override
	public boolean pause(ArgoApplication application) {
		return change(application, tree -> {
			if (ArgoApplicationReading.isAutomated(tree.get(SPEC))) {
				Map<String, Object> policy = syncPolicy(tree);
				annotate(tree, PausedSync.ANNOTATION,
						client.getKubernetesSerialization().asJson(policy.remove(AUTOMATED)));
			}
			return true;
		});
	}

	@Override
	public boolean resume(ArgoApplication application) {
		return change(application, tree -> {
			String paused = ArgoApplicationReading.annotation(tree, PausedSync.ANNOTATION);
			if (paused != null) {
				syncPolicy(tree).put(AUTOMATED, declared(application.name(), paused));
				annotate(tree, PausedSync.ANNOTATION, null);
			}
			return true;
		});
	}

	/** Only what {@link #pause} has written is put back. */
	private Map<?, ?> declared(String application, String paused) {
		try {
			return Objects.requireNonNull(client.getKubernetesSerialization().unmarshal(paused, Map.class), "null");
		}
		catch (RuntimeException ex) {
			// Whatever the parsers of JSON and YAML throw, or null.
			throw unreadable(application, ex);
		}
	}

	private RefusedRequest unreadable(String application, RuntimeException cause) {
		String fact = "how Application '%s' was synced before cannot be read from its annotation %s"
			.formatted(application, PausedSync.ANNOTATION);
		String hint = "set spec.syncPolicy.automated as it is in Git, and remove the annotation: kubectl -n %s edit "
			.formatted(namespace) + "applications.argoproj.io " + application;
		return new RefusedRequest(FailureCode.CLUSTER_REFUSED, fact, hint, cause);
	}

	/**
	 * @param edit changes the tree; false if there is nothing to be changed now
	 */
	private boolean change(ArgoApplication application, Predicate<GenericKubernetesResource> edit) {
		Optional<GenericKubernetesResource> found = api.find(APPLICATION, namespace, application.name())
			.filter(tree -> application.version().equals(tree.getMetadata().getResourceVersion()));
		return found.isPresent() && edit.test(found.get()) && api.updateUnlessChanged(APPLICATION, found.get());
	}

	private static Map<String, Object> syncPolicy(GenericKubernetesResource tree) {
		Map<String, Object> spec = copy(tree.get(SPEC));
		Map<String, Object> policy = copy(spec.get(SYNC_POLICY));
		spec.put(SYNC_POLICY, policy);
		tree.setAdditionalProperty(SPEC, spec);
		return policy;
	}

	private static Map<String, Object> copy(@Nullable Object object) {
		Map<String, Object> copy = new LinkedHashMap<>();
		if (object instanceof Map<?, ?> map) {
			map.forEach((key, value) -> copy.put(String.valueOf(key), value));
		}
		return copy;
	}

	/**
	 * @param value null to remove it
	 */
	private static void annotate(GenericKubernetesResource tree, String key, @Nullable String value) {
		Map<String, String> annotations = new HashMap<>(
				Optional.ofNullable(tree.getMetadata().getAnnotations()).orElseGet(Map::of));
		if (value != null) {
			annotations.put(key, value);
		}
		else {
			annotations.remove(key);
		}
		tree.getMetadata().setAnnotations(annotations);
	}

}
