package dev.longhaul.simulator.kubelet;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one ReplicaSet per template of a Deployment and moves the pods to the newest: at
 * once for the strategy Recreate when the old are gone, else when the new are ready.
 */
final class Deployments {

	private static final String TEMPLATE_HASH = "pod-template-hash";

	private final KubernetesClient client;

	Deployments(KubernetesClient client) {
		this.client = client;
	}

	void reconcile(Deployment deployment, List<ReplicaSet> owned) {
		if (deployment.getMetadata().getDeletionTimestamp() != null) {
			return;
		}
		String name = deployment.getMetadata().getName() + "-" + PodTemplates.hash(deployment.getSpec().getTemplate());
		Optional<ReplicaSet> newest = owned.stream()
			.filter(set -> set.getMetadata().getName().equals(name))
			.findFirst();
		List<ReplicaSet> old = owned.stream().filter(set -> !set.getMetadata().getName().equals(name)).toList();
		int wanted = PodTemplates.replicas(deployment.getSpec().getReplicas());
		boolean recreate = deployment.getSpec().getStrategy() != null
				&& Objects.equals(deployment.getSpec().getStrategy().getType(), "Recreate");

		boolean oldGone = old.stream().allMatch(set -> count(set, ReplicaSetStatus::getReplicas) == 0);
		int allowed = (recreate && !oldGone) ? 0 : wanted;
		newest.ifPresentOrElse(set -> scale(set, allowed), () -> create(deployment, name, allowed));
		boolean newReady = newest.filter(set -> count(set, ReplicaSetStatus::getReadyReplicas) >= wanted).isPresent();
		if (recreate || newReady) {
			old.forEach(set -> scale(set, 0));
		}
		report(deployment, owned, newest.map(List::of).orElse(List.of()), wanted);
	}

	private void create(Deployment deployment, String name, int replicas) {
		String hash = name.substring(deployment.getMetadata().getName().length() + 1);
		client
			.resource(new ReplicaSetBuilder().withNewMetadata()
				.withName(name)
				.withNamespace(deployment.getMetadata().getNamespace())
				.withLabels(deployment.getSpec().getTemplate().getMetadata().getLabels())
				.addToLabels(TEMPLATE_HASH, hash)
				.withOwnerReferences(Owners.controlledBy(deployment))
				.endMetadata()
				.withNewSpec()
				.withReplicas(replicas)
				.withSelector(deployment.getSpec().getSelector())
				.editOrNewSelector()
				.addToMatchLabels(TEMPLATE_HASH, hash)
				.endSelector()
				.withTemplate(deployment.getSpec().getTemplate())
				.editTemplate()
				.editMetadata()
				.addToLabels(TEMPLATE_HASH, hash)
				.endMetadata()
				.endTemplate()
				.endSpec()
				.build())
			.create();
	}

	private void scale(ReplicaSet set, int replicas) {
		if (PodTemplates.replicas(set.getSpec().getReplicas()) != replicas) {
			set.getSpec().setReplicas(replicas);
			client.resource(set).update();
		}
	}

	private void report(Deployment deployment, List<ReplicaSet> all, List<ReplicaSet> newest, int wanted) {
		int available = sum(all, ReplicaSetStatus::getAvailableReplicas);
		int updated = sum(newest, ReplicaSetStatus::getReplicas);
		List<DeploymentCondition> conditions = new ArrayList<>();
		conditions.add(condition("Available", available >= wanted));
		conditions.add(condition("Progressing", true));
		DeploymentStatus status = new DeploymentStatusBuilder()
			.withReplicas(PodTemplates.count(sum(all, ReplicaSetStatus::getReplicas)))
			.withUpdatedReplicas(PodTemplates.count(updated))
			.withReadyReplicas(PodTemplates.count(sum(all, ReplicaSetStatus::getReadyReplicas)))
			.withAvailableReplicas(PodTemplates.count(available))
			.withUnavailableReplicas(PodTemplates.count(Math.max(0, wanted - available)))
			.withObservedGeneration(deployment.getMetadata().getGeneration())
			.withConditions(conditions)
			.build();
		if (!Objects.equals(status, deployment.getStatus())) {
			deployment.setStatus(status);
			client.resource(deployment).updateStatus();
		}
	}

	private static DeploymentCondition condition(String type, boolean holds) {
		return new DeploymentConditionBuilder().withType(type).withStatus(holds ? "True" : "False").build();
	}

	private static int sum(List<ReplicaSet> sets, Function<ReplicaSetStatus, @Nullable Integer> field) {
		return sets.stream().mapToInt(set -> count(set, field)).sum();
	}

	private static int count(ReplicaSet set, Function<ReplicaSetStatus, @Nullable Integer> field) {
		Integer count = (set.getStatus() != null) ? field.apply(set.getStatus()) : null;
		return (count != null) ? count : 0;
	}

}
