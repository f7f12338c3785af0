package dev.longhaul.simulator.kubelet;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;

/**
 * Keeps the numbered pods of a StatefulSet and their claims. One step at a time: the next
 * pod comes when the ones before are ready, and goes when the ones after are gone.
 */
final class StatefulSets {

	private static final String REVISION = "controller-revision-hash";

	private final KubernetesClient client;

	StatefulSets(KubernetesClient client) {
		this.client = client;
	}

	void reconcile(StatefulSet set, List<Pod> owned) {
		String revision = set.getMetadata().getName() + "-" + PodTemplates.hash(set.getSpec().getTemplate());
		if (set.getMetadata().getDeletionTimestamp() == null) {
			step(set, owned, revision);
		}
		report(set, PodTemplates.active(owned), revision);
	}

	private void step(StatefulSet set, List<Pod> owned, String revision) {
		int wanted = PodTemplates.replicas(set.getSpec().getReplicas());
		for (int ordinal = 0; ordinal < wanted; ordinal++) {
			Optional<Pod> pod = find(owned, podName(set, ordinal));
			if (pod.isEmpty()) {
				create(set, ordinal, revision);
				return;
			}
			if (!Readiness.isPodReady(pod.get()) && isCurrent(pod.get(), revision)) {
				return;
			}
		}
		owned.stream()
			.filter(pod -> ordinal(pod) >= wanted || !isCurrent(pod, revision))
			.max(Comparator.comparing(StatefulSets::ordinal))
			.filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
			.ifPresent(pod -> client.resource(pod).delete());
	}

	private void create(StatefulSet set, int ordinal, String revision) {
		String name = podName(set, ordinal);
		Pod pod = PodTemplates.pod(set.getSpec().getTemplate(), set, name,
				Map.of("statefulset.kubernetes.io/pod-name", name, REVISION, revision));
		PodBuilder builder = new PodBuilder(pod);
		for (PersistentVolumeClaim template : set.getSpec().getVolumeClaimTemplates()) {
			String volume = template.getMetadata().getName();
			String claim = volume + "-" + name;
			createClaim(set, template, claim);
			builder.editSpec()
				.removeMatchingFromVolumes(existing -> volume.equals(existing.getName()))
				.addToVolumes(new VolumeBuilder().withName(volume)
					.withNewPersistentVolumeClaim()
					.withClaimName(claim)
					.endPersistentVolumeClaim()
					.build())
				.endSpec();
		}
		client.resource(builder.build()).create();
	}

	/** Claims outlive their pods, so one may be there. */
	private void createClaim(StatefulSet set, PersistentVolumeClaim template, String name) {
		String namespace = set.getMetadata().getNamespace();
		if (client.persistentVolumeClaims().inNamespace(namespace).withName(name).get() == null) {
			client
				.resource(new PersistentVolumeClaimBuilder(template).editMetadata()
					.withName(name)
					.withNamespace(namespace)
					.addToLabels(set.getSpec().getSelector().getMatchLabels())
					.endMetadata()
					.withStatus(null)
					.build())
				.create();
		}
	}

	private void report(StatefulSet set, List<Pod> active, String revision) {
		int current = (int) active.stream().filter(pod -> isCurrent(pod, revision)).count();
		StatefulSetStatus status = new StatefulSetStatusBuilder().withReplicas(active.size())
			.withReadyReplicas(PodTemplates.count(PodTemplates.ready(active)))
			.withAvailableReplicas(PodTemplates.ready(active))
			.withCurrentReplicas(PodTemplates.count(current))
			.withUpdatedReplicas(PodTemplates.count(current))
			.withCurrentRevision(revision)
			.withUpdateRevision(revision)
			.withObservedGeneration(set.getMetadata().getGeneration())
			.build();
		if (!Objects.equals(status, set.getStatus())) {
			set.setStatus(status);
			client.resource(set).updateStatus();
		}
	}

	private static Optional<Pod> find(List<Pod> pods, String name) {
		return pods.stream().filter(pod -> pod.getMetadata().getName().equals(name)).findFirst();
	}

	private static boolean isCurrent(Pod pod, String revision) {
		return revision.equals(pod.getMetadata().getLabels().get(REVISION));
	}

	private static String podName(StatefulSet set, int ordinal) {
		return set.getMetadata().getName() + "-" + ordinal;
	}

	private static int ordinal(Pod pod) {
		String name = pod.getMetadata().getName();
		return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
	}

}
