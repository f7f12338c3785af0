package dev.longhaul.simulator.kubelet;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import org.jspecify.annotations.Nullable;

/**
 * What the node writes to the API.
 */
final class PodApi {

	/** Holds a deleted pod back until it has stopped, where the API does not itself. */
	static final String FINALIZER = "simulator.longhaul.dev/kubelet";

	private final KubernetesClient client;

	private final ControlPlaneKind kind;

	private final String node;

	PodApi(KubernetesClient client, ControlPlaneKind kind, String node) {
		this.client = client;
		this.kind = kind;
		this.node = node;
	}

	/** Makes the node known; the pods of an unknown one would be collected as garbage. */
	void registerNode() {
		Node description = new NodeBuilder().withNewMetadata()
			.withName(node)
			.addToLabels("kubernetes.io/hostname", node)
			.endMetadata()
			.withNewStatus()
			.addToCapacity("pods", new Quantity("110"))
			.addToAllocatable("pods", new Quantity("110"))
			.addNewAddress("127.0.0.1", "InternalIP")
			.addNewCondition()
			.withType("Ready")
			.withStatus("True")
			.withReason("KubeletReady")
			.endCondition()
			.endStatus()
			.build();
		if (client.nodes().withName(node).get() == null) {
			client.nodes().resource(description).create();
		}
		client.nodes().resource(description).updateStatus();
	}

	/** Whether the pod still has to be taken onto the node. */
	boolean isUnclaimed(Pod pod) {
		return nodeName(pod).isEmpty() || (kind == ControlPlaneKind.MOCK && !pod.getFinalizers().contains(FINALIZER));
	}

	/** Takes a pod onto the node, unless somebody named another for it. */
	void claim(Pod pod) {
		switch (kind) {
			case KUBERNETES -> bind(pod);
			case MOCK -> resource(pod).edit(current -> {
				if (nodeName(current).isEmpty()) {
					current.getSpec().setNodeName(node);
				}
				if (!current.getFinalizers().contains(FINALIZER)) {
					List<String> finalizers = new ArrayList<>(current.getFinalizers());
					finalizers.add(FINALIZER);
					current.getMetadata().setFinalizers(finalizers);
				}
				return current;
			});
		}
	}

	private void bind(Pod pod) {
		client.bindings()
			.inNamespace(pod.getMetadata().getNamespace())
			.resource(new BindingBuilder().withNewMetadata()
				.withName(pod.getMetadata().getName())
				.endMetadata()
				.withNewTarget()
				.withKind("Node")
				.withName(node)
				.endTarget()
				.build())
			.create();
	}

	/**
	 * Writes the pod's status, unless the pod is gone.
	 * @throws KubernetesClientException also if somebody else wrote the pod at the same
	 * time: look and write again
	 */
	void report(Pod pod, Function<Pod, PodStatus> status) {
		Pod current = current(pod);
		if (current != null) {
			current.setStatus(status.apply(current));
			client.resource(current).updateStatus();
		}
	}

	/** Lets a deleted pod go that has stopped. */
	void release(Pod pod) {
		Pod current = current(pod);
		if (current == null) {
			return;
		}
		if (current.getFinalizers().contains(FINALIZER)) {
			resource(pod).edit(held -> {
				held.getMetadata().setFinalizers(without(held.getFinalizers()));
				return held;
			});
			return;
		}
		resource(pod).withGracePeriod(0).delete();
	}

	private static List<String> without(List<String> finalizers) {
		return finalizers.stream().filter(finalizer -> !finalizer.equals(FINALIZER)).toList();
	}

	/** Another pod of the same name is not this one. */
	private @Nullable Pod current(Pod pod) {
		Pod current = resource(pod).get();
		boolean same = current != null && current.getMetadata().getUid().equals(pod.getMetadata().getUid());
		return same ? current : null;
	}

	private PodResource resource(Pod pod) {
		return client.pods().inNamespace(pod.getMetadata().getNamespace()).withName(pod.getMetadata().getName());
	}

	private static String nodeName(Pod pod) {
		return Objects.requireNonNullElse(pod.getSpec().getNodeName(), "");
	}

}
