package dev.longhaul.simulator.longhorn;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.core.digest.Sha256;
import dev.longhaul.longhorn.crd.VolumeAttachment;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import dev.longhaul.simulator.control.Stored;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;

/**
 * Plays the CSI attacher: a pod on a node that uses a claim gets its volume attached
 * there, for as long as there is such a pod.
 */
final class WorkloadAttacher implements Reconciler {

	private final LonghornObjects objects;

	private final Tickets tickets;

	private final SimulatedTiming timing;

	WorkloadAttacher(LonghornParts parts) {
		this.objects = parts.objects();
		this.tickets = new Tickets(objects);
		this.timing = parts.timing();
	}

	/**
	 * @param name of the volume
	 */
	@Override
	public Next reconcile(String name) {
		Set<String> nodes = nodesOf(name);
		for (String node : nodes) {
			if (!tickets.put(name, Tickets.CSI_ATTACHER, ticket(name, node), node, "false")) {
				return Next.after(timing.retry());
			}
		}
		Optional<Stored<VolumeAttachment>> attachment = objects.find(VolumeAttachment.class, name);
		if (attachment.isPresent()) {
			List<String> old = Tickets.all(attachment.get())
				.values()
				.stream()
				.filter(ticket -> Tickets.CSI_ATTACHER.equals(ticket.getType()) && !nodes.contains(ticket.getNodeID()))
				.map(ticket -> ticket.getId())
				.toList();
			old.forEach(id -> tickets.remove(name, id));
		}
		return Next.onChange();
	}

	private Set<String> nodesOf(String volume) {
		Claims claims = new Claims(objects.client());
		Optional<ObjectReference> claim = claims.persistentVolumeOf(volume)
			.map(persistentVolume -> persistentVolume.getSpec().getClaimRef());
		if (claim.isEmpty()) {
			return Set.of();
		}
		return claims.podsUsing(claim.get().getNamespace(), claim.get().getName())
			.stream()
			.map(WorkloadAttacher::node)
			.filter(node -> !node.isEmpty())
			.collect(Collectors.toSet());
	}

	private static String node(Pod pod) {
		return Admission.orElse(pod.getSpec().getNodeName(), "");
	}

	/** As Longhorn's CSI driver names its tickets. */
	static String ticket(String volume, String node) {
		return "csi-" + Sha256.of(volume + Words.CSI_DRIVER + node);
	}

}
