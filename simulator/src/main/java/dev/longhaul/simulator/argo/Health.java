package dev.longhaul.simulator.argo;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/**
 * How well an object is, the best first: an application is as well as the worst of what
 * belongs to it.
 */
enum Health {

	HEALTHY("Healthy"), SUSPENDED("Suspended"), PROGRESSING("Progressing"), MISSING("Missing"), DEGRADED("Degraded"),
	UNKNOWN("Unknown");

	private final String text;

	Health(String text) {
		this.text = text;
	}

	/** As it stands in a status. */
	String text() {
		return text;
	}

	/**
	 * @return empty if nobody can tell of its kind, and it counts for nothing. Argo CD
	 * does not tell of applications in an application, unless it is configured to
	 */
	static Optional<Health> of(ResourceId id, GenericKubernetesResource live) {
		if (live.getMetadata().getDeletionTimestamp() != null) {
			return Optional.of(PROGRESSING);
		}
		Fields spec = Fields.of(live.get("spec"));
		Fields status = Fields.of(live.get("status"));
		if (id.is("apps", "Deployment")) {
			return Optional.of(ready(wanted(spec),
					Math.min(status.number("updatedReplicas"), status.number("availableReplicas"))));
		}
		if (id.is("apps", "StatefulSet")) {
			return Optional.of(ready(wanted(spec), status.number("readyReplicas")));
		}
		if (id.is("", "PersistentVolumeClaim")) {
			return Optional.of(ofPhase(status.text("phase")));
		}
		if (id.group().equals("external-secrets.io")) {
			return Optional.of(ofCondition(status.children("conditions")));
		}
		return id.is("", "Service") ? Optional.of(HEALTHY) : Optional.empty();
	}

	private static long wanted(Fields spec) {
		return spec.has("replicas") ? spec.number("replicas") : 1;
	}

	private static Health ready(long wanted, long ready) {
		return (ready >= wanted) ? HEALTHY : PROGRESSING;
	}

	private static Health ofPhase(String phase) {
		return switch (phase) {
			case "Bound" -> HEALTHY;
			case "Lost" -> DEGRADED;
			default -> PROGRESSING;
		};
	}

	private static Health ofCondition(List<Fields> conditions) {
		return conditions.stream()
			.filter(condition -> condition.text("type").equals("Ready"))
			.findFirst()
			.map(condition -> condition.text("status").equals("True") ? HEALTHY : DEGRADED)
			.orElse(PROGRESSING);
	}

	Health worse(Health other) {
		return (compareTo(other) >= 0) ? this : other;
	}

}
