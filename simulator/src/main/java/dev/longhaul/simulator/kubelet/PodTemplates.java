package dev.longhaul.simulator.kubelet;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;

/**
 * Templates of pods and the pods made from them.
 */
final class PodTemplates {

	private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

	private PodTemplates() {
	}

	/** Tells templates apart: other content, other text. */
	static String hash(PodTemplateSpec template) {
		return Integer.toHexString(SERIALIZATION.asJson(template).hashCode());
	}

	static Pod pod(PodTemplateSpec template, HasMetadata owner, String name, Map<String, String> extraLabels) {
		return new PodBuilder().withNewMetadata()
			.withName(name)
			.withNamespace(owner.getMetadata().getNamespace())
			.withLabels(template.getMetadata().getLabels())
			.addToLabels(extraLabels)
			.withAnnotations(template.getMetadata().getAnnotations())
			.withOwnerReferences(Owners.controlledBy(owner))
			.endMetadata()
			.withSpec(template.getSpec())
			.build();
	}

	/** Pods that count: neither on their way out nor done. */
	static List<Pod> active(List<Pod> pods) {
		return pods.stream().filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && !isDone(pod)).toList();
	}

	private static boolean isDone(Pod pod) {
		String phase = (pod.getStatus() != null) ? pod.getStatus().getPhase() : null;
		return Objects.equals(phase, "Succeeded") || Objects.equals(phase, "Failed");
	}

	static int ready(List<Pod> pods) {
		return (int) pods.stream().filter(Readiness::isPodReady).count();
	}

	/** Kubernetes leaves counts of zero out. */
	static @Nullable Integer count(int number) {
		return (number == 0) ? null : number;
	}

	/** Kubernetes' default is one. */
	static int replicas(@Nullable Integer specified) {
		return Objects.requireNonNullElse(specified, 1);
	}

}
