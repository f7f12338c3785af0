package dev.longhaul.simulator.longhorn;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.VolumeAttachment;
import dev.longhaul.longhorn.crd.VolumeAttachmentStatus;
import dev.longhaul.longhorn.crd.VolumeSpec;
import dev.longhaul.longhorn.crd.VolumeStatus;
import dev.longhaul.longhorn.crd.volumeattachmentspec.AttachmentTickets;
import dev.longhaul.longhorn.crd.volumeattachmentstatus.AttachmentTicketStatuses;
import dev.longhaul.longhorn.crd.volumeattachmentstatus.attachmentticketstatuses.Conditions;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Plays the attachment controller: turns the tickets on a volume into the node it shall
 * be attached to, and says which of them hold.
 */
final class AttachmentController implements Reconciler {

	/** By the type of a ticket; the others have 0 and still work. */
	private static final Map<String, Integer> PRIORITIES = Map.ofEntries(Map.entry(Tickets.RESTORE_CONTROLLER, 2000),
			Map.entry("volume-expansion-controller", 2000), Map.entry(Tickets.LONGHORN_API, 1000),
			Map.entry(Tickets.CSI_ATTACHER, 900), Map.entry("salvage-controller", 900),
			Map.entry("share-manager-controller", 900), Map.entry(Tickets.SNAPSHOT_CONTROLLER, 800),
			Map.entry(Tickets.BACKUP_CONTROLLER, 800), Map.entry("volume-clone-controller", 800),
			Map.entry("volume-eviction-controller", 800), Map.entry("volume-rebuilding-controller", 800),
			Map.entry("bim-ds-controller", 800));

	private static final Set<String> INTERRUPTIBLE = Set.of(Tickets.SNAPSHOT_CONTROLLER, Tickets.BACKUP_CONTROLLER);

	private static final Set<String> WORKLOAD = Set.of(Tickets.CSI_ATTACHER, Tickets.LONGHORN_API,
			"share-manager-controller");

	private final LonghornParts parts;

	private final LonghornObjects objects;

	private final Admission admission;

	AttachmentController(LonghornParts parts) {
		this.parts = parts;
		this.objects = parts.objects();
		this.admission = new Admission(objects, parts.release());
	}

	@Override
	public Next reconcile(String name) {
		Optional<Stored<VolumeAttachment>> found = objects.find(VolumeAttachment.class, name);
		if (found.isEmpty()) {
			return Next.onChange();
		}
		Optional<Stored<Volume>> volume = objects.find(Volume.class, name).filter(each -> !each.isDeleting());
		if (volume.isEmpty() || found.get().isDeleting()) {
			if (found.get().isDeleting()) {
				objects.release(VolumeAttachment.class, found.get(), Words.FINALIZER);
			}
			return Next.onChange();
		}
		Stored<VolumeAttachment> attachment = admission.admitted(VolumeAttachment.class, found.get());
		List<AttachmentTickets> tickets = servable(attachment);
		decide(volume.get(), tickets);
		report(attachment, volume.get());
		return Next.onChange();
	}

	/** Tickets whose wish can be fulfilled. */
	private List<AttachmentTickets> servable(Stored<VolumeAttachment> attachment) {
		boolean noWorkload = parts.faults()
			.strike(Fault.StaysDetached.class, fault -> fault.volume().value().equals(attachment.name()))
			.isPresent();
		return Tickets.all(attachment)
			.values()
			.stream()
			.filter(ticket -> !(noWorkload && Tickets.CSI_ATTACHER.equals(ticket.getType())))
			.filter(ticket -> !Admission.orElse(ticket.getNodeID(), "").isEmpty())
			.sorted(Comparator.comparingInt((AttachmentTickets ticket) -> -priority(ticket))
				.thenComparing(AttachmentTickets::getId))
			.toList();
	}

	private void decide(Stored<Volume> volume, List<AttachmentTickets> tickets) {
		VolumeSpec spec = volume.view().getSpec();
		VolumeStatus status = VolumeController.status(volume);
		boolean faulted = Words.FAULTED.equals(status.getRobustness());
		String wanted = Admission.orElse(spec.getNodeID(), "");
		String current = Admission.orElse(status.getCurrentNodeID(), "");
		if (!wanted.isEmpty()) {
			if (faulted || tickets.stream().noneMatch(ticket -> matches(ticket, spec, wanted))
					|| isInterrupted(tickets, wanted)) {
				spec.setNodeID("");
				objects.write(Volume.class, volume);
			}
		}
		else if (current.isEmpty() && Words.DETACHED.equals(status.getState()) && !faulted && !tickets.isEmpty()) {
			AttachmentTickets first = tickets.get(0);
			spec.setNodeID(first.getNodeID());
			spec.setDisableFrontend("true".equals(disableFrontend(first)));
			spec.setLastAttachedBy(parameter(first, "lastAttachedBy"));
			objects.write(Volume.class, volume);
		}
	}

	private static boolean matches(AttachmentTickets ticket, VolumeSpec spec, String node) {
		return node.equals(ticket.getNodeID()) && isCompatible(ticket, spec);
	}

	private static boolean isCompatible(AttachmentTickets ticket, VolumeSpec spec) {
		String wanted = disableFrontend(ticket);
		return wanted.equals("any") || Boolean.parseBoolean(wanted) == Boolean.TRUE.equals(spec.getDisableFrontend());
	}

	/** A workload that wants the volume elsewhere goes before what can be begun again. */
	private static boolean isInterrupted(List<AttachmentTickets> tickets, String node) {
		boolean onlyInterruptible = tickets.stream()
			.filter(ticket -> node.equals(ticket.getNodeID()))
			.allMatch(ticket -> INTERRUPTIBLE.contains(ticket.getType()));
		boolean wantedElsewhere = tickets.stream()
			.anyMatch(ticket -> WORKLOAD.contains(ticket.getType()) && !node.equals(ticket.getNodeID()));
		return onlyInterruptible && wantedElsewhere;
	}

	private void report(Stored<VolumeAttachment> attachment, Stored<Volume> volume) {
		if (attachment.view().getStatus() == null) {
			attachment.view().setStatus(new VolumeAttachmentStatus());
		}
		Map<String, AttachmentTicketStatuses> before = Objects
			.requireNonNullElse(attachment.view().getStatus().getAttachmentTicketStatuses(), Map.of());
		Map<String, AttachmentTicketStatuses> after = new HashMap<>();
		Tickets.all(attachment).forEach((id, ticket) -> after.put(id, status(ticket, before.get(id), volume)));
		attachment.view().getStatus().setAttachmentTicketStatuses(after);
		objects.writeStatus(VolumeAttachment.class, attachment);
	}

	/**
	 * Longhorn calls a ticket satisfied even in the moment in which the volume is to
	 * leave already but has not moved yet. Here it is not, so that whoever relies on it
	 * is not cut off by chance.
	 */
	private AttachmentTicketStatuses status(AttachmentTickets ticket, @Nullable AttachmentTicketStatuses before,
			Stored<Volume> volume) {
		VolumeStatus volumeStatus = VolumeController.status(volume);
		boolean there = Words.ATTACHED.equals(volumeStatus.getState()) && ticket.getNodeID() != null
				&& ticket.getNodeID().equals(volumeStatus.getCurrentNodeID())
				&& ticket.getNodeID().equals(volume.view().getSpec().getNodeID());
		boolean compatible = isCompatible(ticket, volume.view().getSpec());
		boolean satisfied = there && compatible;
		AttachmentTicketStatuses status = new AttachmentTicketStatuses();
		status.setId(ticket.getId());
		status.setGeneration(Objects.requireNonNullElse(ticket.getGeneration(), 0L));
		status.setSatisfied(satisfied);
		Conditions condition = new Conditions();
		condition.setType("Satisfied");
		condition.setStatus(satisfied ? Words.TRUE : Words.FALSE);
		condition.setReason((there && !compatible) ? "AttachedWithIncompatibleParameters" : "");
		condition.setMessage("");
		condition.setLastProbeTime("");
		condition.setLastTransitionTime(transition(before, condition));
		status.setConditions(List.of(condition));
		return status;
	}

	private String transition(@Nullable AttachmentTicketStatuses before, Conditions now) {
		if (before != null && before.getConditions() != null) {
			for (Conditions condition : before.getConditions()) {
				if (Objects.equals(condition.getStatus(), now.getStatus())
						&& condition.getLastTransitionTime() != null) {
					return condition.getLastTransitionTime();
				}
			}
		}
		return parts.now();
	}

	private static int priority(AttachmentTickets ticket) {
		return PRIORITIES.getOrDefault(Admission.orElse(ticket.getType(), ""), 0);
	}

	private static String disableFrontend(AttachmentTickets ticket) {
		return Admission.orElse(parameter(ticket, Tickets.DISABLE_FRONTEND), "false");
	}

	private static String parameter(AttachmentTickets ticket, String name) {
		return Objects.requireNonNullElse(ticket.getParameters(), Map.<String, String>of()).getOrDefault(name, "");
	}

}
