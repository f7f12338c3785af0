package dev.longhaul.simulator.secret;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.simulator.control.ControlLoop;
import dev.longhaul.simulator.control.Next;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.readiness.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Makes the secrets that ExternalSecrets ask for, for as long as External Secrets itself
 * runs in the cluster. One that was made is not looked up again before its ExternalSecret
 * changes, annotations included.
 */
public final class ExternalSecrets implements AutoCloseable {

	private static final Duration LOOK = Duration.ofSeconds(1);

	private static final String READY = "Ready";

	private static final String CONDITIONS = "conditions";

	private static final String STATUS = "status";

	private static final String VERSION = "syncedResourceVersion";

	private static final Pattern PLACE = Pattern.compile("\\{\\{-?\\s*\\.([A-Za-z0-9_]+)\\s*-?}}");

	private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
		.withGroup("external-secrets.io")
		.withVersion("v1")
		.withKind("ExternalSecret")
		.withPlural("externalsecrets")
		.withNamespaced(true)
		.build();

	private final KubernetesClient client;

	private final SecretStores stores;

	private final VaultItems vault;

	private final Clock clock;

	private final ControlLoop loop = new ControlLoop("externalsecret", 1, this::look);

	private ExternalSecrets(KubernetesClient client, VaultItems vault, Clock clock) {
		this.stores = new SecretStores(client, vault, clock);
		this.client = client;
		this.vault = vault;
		this.clock = clock;
		this.loop.enqueue("all");
	}

	public static ExternalSecrets start(KubernetesClient client, VaultItems vault, Clock clock) {
		return new ExternalSecrets(client, vault, clock);
	}

	private Next look(String all) {
		if (isRunning()) {
			stores.validate();
			client.genericKubernetesResources(KIND)
				.inAnyNamespace()
				.list()
				.getItems()
				.stream()
				.filter(each -> !isUpToDate(each))
				.forEach(this::refresh);
		}
		return Next.after(LOOK);
	}

	private boolean isRunning() {
		return client.pods()
			.inAnyNamespace()
			.withLabel("app.kubernetes.io/name", "external-secrets")
			.list()
			.getItems()
			.stream()
			.anyMatch((Pod pod) -> Readiness.isPodReady(pod));
	}

	private boolean isUpToDate(GenericKubernetesResource external) {
		return version(external).equals(external.get(STATUS, VERSION)) && find(external) != null;
	}

	/** Changes with the spec, and with whatever somebody annotates. */
	private static String version(GenericKubernetesResource external) {
		int metadata = Objects.hash(external.getMetadata().getAnnotations(), external.getMetadata().getLabels());
		return "%s-%08x".formatted(Objects.hashCode(external.get("spec")), metadata);
	}

	private void refresh(GenericKubernetesResource external) {
		Map<String, @Nullable Object> status = new LinkedHashMap<>();
		try {
			write(external, data(external));
			status.put("refreshTime", now());
			status.put(VERSION, version(external));
			status.put(CONDITIONS, List.of(condition("True", "SecretSynced", "secret synced")));
		}
		catch (TransientFailure | KubernetesClientException ex) {
			status.putAll(Objects.requireNonNullElse(external.get(STATUS), Map.of()));
			status.remove(VERSION);
			status.put(CONDITIONS, List.of(condition("False", "SecretSyncedError",
					"could not get secret data from provider: " + ex.getMessage())));
		}
		Map<String, Object> before = Objects.requireNonNullElse(external.get(STATUS), Map.of());
		if (!sayTheSame(status, before)) {
			external.setAdditionalProperty(STATUS, status);
			client.genericKubernetesResources(KIND)
				.inNamespace(external.getMetadata().getNamespace())
				.resource(external)
				.updateStatus();
		}
	}

	private static boolean sayTheSame(Map<String, @Nullable Object> status, Map<String, Object> before) {
		return Objects.equals(status.get(VERSION), before.get(VERSION))
				&& reason(status.get(CONDITIONS)).equals(reason(before.get(CONDITIONS)));
	}

	private static String reason(@Nullable Object conditions) {
		return (conditions instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map<?, ?> first)
				? first.get("reason") + " " + first.get("message") : "";
	}

	private Map<String, Object> condition(String status, String reason, String message) {
		return Map.of("type", READY, STATUS, status, "reason", reason, "message", message, "lastTransitionTime", now());
	}

	private Map<String, String> data(GenericKubernetesResource external) {
		Map<String, String> values = new HashMap<>();
		for (Object each : this.<List<?>>get(external, List.of(), "spec", "data")) {
			GenericKubernetesResource entry = asTree(each);
			String store = get(entry, "", "sourceRef", "storeRef", "name");
			values.put(get(entry, "", "secretKey"), vault.read(stores.url(store), get(entry, "", "remoteRef", "key"),
					get(entry, "", "remoteRef", "property")));
		}
		Map<?, ?> template = get(external, Map.of(), "spec", "target", "template", "data");
		if (template.isEmpty()) {
			return values;
		}
		Map<String, String> data = new HashMap<>();
		template.forEach((key, text) -> data.put(key.toString(), fill(text.toString(), values)));
		return data;
	}

	private static GenericKubernetesResource asTree(Object fields) {
		GenericKubernetesResource tree = new GenericKubernetesResource();
		((Map<?, ?>) fields).forEach((key, value) -> tree.setAdditionalProperty(key.toString(), value));
		return tree;
	}

	private <T> T get(GenericKubernetesResource tree, T unset, Object... path) {
		T found = tree.get(path);
		return (found != null) ? found : unset;
	}

	private static String fill(String template, Map<String, String> values) {
		return PLACE.matcher(template)
			.replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "<no value>")));
	}

	private void write(GenericKubernetesResource external, Map<String, String> data) {
		Map<String, String> encoded = new HashMap<>();
		data.forEach((key, value) -> encoded.put(key,
				Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
		Secret wanted = new SecretBuilder().withNewMetadata()
			.withName(target(external))
			.withNamespace(external.getMetadata().getNamespace())
			.addToLabels("reconcile.external-secrets.io/managed", "true")
			.withOwnerReferences(new OwnerReferenceBuilder().withApiVersion("external-secrets.io/v1")
				.withKind("ExternalSecret")
				.withName(external.getMetadata().getName())
				.withUid(external.getMetadata().getUid())
				.withController(true)
				.withBlockOwnerDeletion(true)
				.build())
			.endMetadata()
			.withType("Opaque")
			.withData(encoded)
			.build();
		Secret found = find(external);
		if (found == null) {
			client.resource(wanted).create();
			return;
		}
		wanted.getMetadata().setAnnotations(found.getMetadata().getAnnotations());
		wanted.getMetadata().setResourceVersion(found.getMetadata().getResourceVersion());
		wanted.getMetadata().setUid(found.getMetadata().getUid());
		client.resource(wanted).update();
	}

	private @Nullable Secret find(GenericKubernetesResource external) {
		return client.secrets().inNamespace(external.getMetadata().getNamespace()).withName(target(external)).get();
	}

	private String target(GenericKubernetesResource external) {
		return Optional.of(get(external, "", "spec", "target", "name"))
			.filter(name -> !name.isEmpty())
			.orElse(external.getMetadata().getName());
	}

	private String now() {
		return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
	}

	@Override
	public void close() {
		loop.close();
	}

}
