package dev.longhaul.simulator.argo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Brings the cluster closer to what Git wants: wave by wave, the next one when the one
 * before is healthy. What is done already is not done again, so it may be called until it
 * has ended.
 */
final class Sync {

	/** What others stand on comes first, within a wave. */
	private static final List<String> FIRST_KINDS = List.of("Namespace", "CustomResourceDefinition", "StorageClass",
			"ServiceAccount", "Secret", "ConfigMap", "PersistentVolume", "PersistentVolumeClaim", "ClusterRole",
			"ClusterRoleBinding", "Role", "RoleBinding", "Service");

	private final ClusterObjects objects;

	private final KubernetesSerialization serialization;

	Sync(ClusterObjects objects, KubernetesSerialization serialization) {
		this.objects = objects;
		this.serialization = serialization;
	}

	/**
	 * @param operation what is asked for
	 */
	Step step(Application application, List<Managed> managed, Fields operation) {
		List<Managed> selected = managed.stream().filter(each -> isSelected(each, operation)).toList();
		if (application.has("CreateNamespace=true")) {
			objects.createNamespace(application.destination());
		}
		TreeMap<Integer, List<Managed>> waves = selected.stream()
			.filter(each -> each.wanted().isPresent())
			.collect(Collectors.groupingBy(Managed::wave, TreeMap::new, Collectors.toList()));
		for (Map.Entry<Integer, List<Managed>> wave : waves.entrySet()) {
			List<String> failures = apply(wave.getValue());
			if (!failures.isEmpty()) {
				return Step.failed(failures);
			}
			List<Managed> awaited = waves.lastKey().equals(wave.getKey()) ? List.of()
					: wave.getValue().stream().filter(Sync::isAwaited).toList();
			if (!awaited.isEmpty()) {
				return Step.waiting(awaited);
			}
		}
		List<String> failures = operation.child("sync").isTrue("prune") ? prune(selected) : List.of();
		return failures.isEmpty() ? Step.succeeded() : Step.failed(failures);
	}

	private static boolean isSelected(Managed managed, Fields operation) {
		List<Fields> resources = operation.child("sync").children("resources");
		return resources.isEmpty() || resources.stream()
			.anyMatch(each -> each.text("kind").equals(managed.id().kind())
					&& each.text("name").equals(managed.id().name()) && each.text("group").equals(managed.id().group())
					&& (!each.has("namespace") || each.text("namespace").equals(managed.id().namespace())));
	}

	/** Why what could not be applied could not. */
	private List<String> apply(List<Managed> wave) {
		List<String> failures = new ArrayList<>();
		for (Managed managed : wave.stream().sorted(Comparator.comparing(Sync::order)).toList()) {
			if (!managed.synced()) {
				try {
					apply(managed);
				}
				catch (IOException | KubernetesClientException ex) {
					failures.add(String.valueOf(ex.getMessage()));
				}
			}
		}
		return failures;
	}

	private void apply(Managed managed) throws IOException {
		GenericKubernetesResource wanted = managed.wanted().orElseThrow();
		if (managed.live().isEmpty()) {
			objects.create(wanted);
			return;
		}
		GenericKubernetesResource live = managed.live().get();
		if (managed.has("Replace=true")) {
			GenericKubernetesResource replacement = serialization.clone(wanted);
			replacement.getMetadata().setResourceVersion(live.getMetadata().getResourceVersion());
			objects.update(replacement);
			return;
		}
		Map<?, ?> merged = ObjectFields.merge(fields(wanted), fields(live));
		objects.update(serialization.convertValue(merged, GenericKubernetesResource.class));
	}

	private Map<?, ?> fields(GenericKubernetesResource object) {
		return serialization.convertValue(object, Map.class);
	}

	private static int order(Managed managed) {
		int place = FIRST_KINDS.indexOf(managed.id().kind());
		return (place < 0) ? FIRST_KINDS.size() : place;
	}

	/** What was just made is not live yet, and so awaited as well. */
	private static boolean isAwaited(Managed managed) {
		return !managed.synced()
				|| managed.health().filter(health -> health.compareTo(Health.SUSPENDED) > 0).isPresent();
	}

	private List<String> prune(List<Managed> selected) {
		List<String> failures = new ArrayList<>();
		for (Managed managed : selected) {
			if (managed.isSurplus() && !managed.isKept("Prune=false")) {
				try {
					objects.delete(managed.id());
				}
				catch (IOException | KubernetesClientException ex) {
					failures.add(String.valueOf(ex.getMessage()));
				}
			}
		}
		return failures;
	}

	/** How far it is. */
	record Step(String phase, String message) {

		static final String RUNNING = "Running";

		static final String FAILED = "Failed";

		static final String SUCCEEDED = "Succeeded";

		static Step succeeded() {
			return new Step(SUCCEEDED, "successfully synced (all tasks run)");
		}

		static Step failed(List<String> reasons) {
			return new Step(FAILED, "one or more objects failed to apply, reason: " + String.join(",", reasons));
		}

		static Step waiting(List<Managed> awaited) {
			ResourceId first = awaited.get(0).id();
			String others = (awaited.size() > 1) ? " and %d more resources".formatted(awaited.size() - 1) : "";
			return new Step(RUNNING, "waiting for healthy state of %s/%s/%s%s".formatted(first.group(), first.kind(),
					first.name(), others));
		}

		boolean isRunning() {
			return phase.equals(RUNNING);
		}

	}

}
