package dev.longhaul.simulator.argo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import org.jspecify.annotations.Nullable;

/**
 * One object of an application: as Git wants it, and as it is.
 *
 * @param wanted empty if Git does not speak of it any more
 * @param live empty if it is not there
 * @param synced whether nothing is to be done
 */
record Managed(ResourceId id, Optional<GenericKubernetesResource> wanted, Optional<GenericKubernetesResource> live,
		boolean synced) {

	private static final String WAVE = "argocd.argoproj.io/sync-wave";

	/** Low ones come first; what it lacks is zero. */
	int wave() {
		return wanted.map(object -> annotation(object, WAVE))
			.filter(text -> !text.isEmpty())
			.map(Integer::parseInt)
			.orElse(0);
	}

	/** Whether a sync removes it, if it is told to remove anything. */
	boolean isSurplus() {
		return wanted.isEmpty() && live.isPresent();
	}

	/** Whether it is to stay when nobody wants it any more. */
	boolean isKept(String option) {
		return has(option) || wanted.or(() -> live)
			.filter(object -> annotation(object, "helm.sh/resource-policy").equals("keep"))
			.isPresent();
	}

	/** Whether an object says itself how it is to be synced. */
	boolean has(String option) {
		return wanted.or(() -> live)
			.filter(object -> annotation(object, "argocd.argoproj.io/sync-options").contains(option))
			.isPresent();
	}

	Optional<Health> health() {
		return live.isPresent() ? Health.of(id, live.get()) : Optional.of(Health.MISSING);
	}

	private static String annotation(GenericKubernetesResource object, String name) {
		return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.<String, String>of())
			.getOrDefault(name, "");
	}

	/** As a status has it. */
	Map<String, @Nullable Object> asStatus() {
		Map<String, @Nullable Object> status = new LinkedHashMap<>();
		if (!id.group().isEmpty()) {
			status.put("group", id.group());
		}
		status.put("version", id.version());
		status.put("kind", id.kind());
		if (!id.namespace().isEmpty()) {
			status.put("namespace", id.namespace());
		}
		status.put("name", id.name());
		status.put("status", synced ? "Synced" : "OutOfSync");
		health().ifPresent(health -> status.put("health", Map.of("status", health.text())));
		if (isSurplus()) {
			status.put("requiresPruning", true);
		}
		if (wave() != 0) {
			status.put("syncWave", wave());
		}
		return status;
	}

}
