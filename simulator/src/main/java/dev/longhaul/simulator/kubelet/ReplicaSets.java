package dev.longhaul.simulator.kubelet;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;

/**
 * Keeps as many pods of a ReplicaSet as it asks for.
 */
final class ReplicaSets {

	private static final int SUFFIX_LENGTH = 5;

	private final KubernetesClient client;

	ReplicaSets(KubernetesClient client) {
		this.client = client;
	}

	void reconcile(ReplicaSet set, List<Pod> owned) {
		List<Pod> active = PodTemplates.active(owned);
		int wanted = PodTemplates.replicas(set.getSpec().getReplicas());
		if (set.getMetadata().getDeletionTimestamp() == null) {
			for (int missing = active.size(); missing < wanted; missing++) {
				create(set);
			}
			active.stream()
				.sorted(Comparator.comparing(Readiness::isPodReady))
				.limit(Math.max(0, active.size() - wanted))
				.forEach(surplus -> client.resource(surplus).delete());
		}
		report(set, active);
	}

	private void create(ReplicaSet set) {
		String suffix = UUID.randomUUID().toString().substring(0, SUFFIX_LENGTH);
		String name = set.getMetadata().getName() + "-" + suffix;
		client.resource(PodTemplates.pod(set.getSpec().getTemplate(), set, name, Map.of())).create();
	}

	private void report(ReplicaSet set, List<Pod> active) {
		int ready = PodTemplates.ready(active);
		ReplicaSetStatus status = new ReplicaSetStatusBuilder().withReplicas(active.size())
			.withReadyReplicas(PodTemplates.count(ready))
			.withAvailableReplicas(PodTemplates.count(ready))
			.withFullyLabeledReplicas(PodTemplates.count(active.size()))
			.withObservedGeneration(set.getMetadata().getGeneration())
			.build();
		if (!Objects.equals(status, set.getStatus())) {
			set.setStatus(status);
			client.resource(set).updateStatus();
		}
	}

}
