package dev.longhaul.simulator.longhorn;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.longhorn.crd.VolumeAttachment;
import dev.longhaul.longhorn.crd.volumeattachmentspec.AttachmentTickets;
import dev.longhaul.longhorn.crd.volumeattachmentstatus.AttachmentTicketStatuses;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Stored;

/**
 * The wishes to have a volume attached.
 */
final class Tickets {

	static final String SNAPSHOT_CONTROLLER = "snapshot-controller";

	static final String BACKUP_CONTROLLER = "backup-controller";

	static final String RESTORE_CONTROLLER = "volume-restore-controller";

	static final String CSI_ATTACHER = "csi-attacher";

	static final String LONGHORN_API = "longhorn-api";

	static final String DISABLE_FRONTEND = "disableFrontend";

	private final LonghornObjects objects;

	Tickets(LonghornObjects objects) {
		this.objects = objects;
	}

	/**
	 * Asks for a volume to be attached, unless the same is asked already.
	 * @param disableFrontend {@code true}, {@code false} or {@code any}
	 * @return whether there is a VolumeAttachment to ask by
	 */
	boolean put(String volume, String type, String id, String node, String disableFrontend) {
		Optional<Stored<VolumeAttachment>> found = objects.find(VolumeAttachment.class, volume);
		if (found.isEmpty() || found.get().isDeleting()) {
			return false;
		}
		Map<String, AttachmentTickets> tickets = new HashMap<>(all(found.get()));
		AttachmentTickets ticket = tickets.computeIfAbsent(id, key -> new AttachmentTickets());
		ticket.setId(id);
		ticket.setType(type);
		ticket.setNodeID(node);
		ticket.setParameters(Map.of(DISABLE_FRONTEND, disableFrontend));
		ticket.setGeneration(Objects.requireNonNullElse(ticket.getGeneration(), 0L));
		found.get().view().getSpec().setAttachmentTickets(tickets);
		objects.write(VolumeAttachment.class, found.get());
		return true;
	}

	/** Does not ask any more. */
	void remove(String volume, String id) {
		objects.find(VolumeAttachment.class, volume).ifPresent(attachment -> {
			Map<String, AttachmentTickets> tickets = new HashMap<>(all(attachment));
			if (tickets.remove(id) != null) {
				attachment.view().getSpec().setAttachmentTickets(tickets);
				objects.write(VolumeAttachment.class, attachment);
			}
		});
	}

	/** Whether what a ticket asks for holds now. */
	boolean isSatisfied(String volume, String id) {
		return objects.find(VolumeAttachment.class, volume).filter(attachment -> {
			AttachmentTickets ticket = all(attachment).get(id);
			if (ticket == null || attachment.view().getStatus() == null
					|| attachment.view().getStatus().getAttachmentTicketStatuses() == null) {
				return false;
			}
			AttachmentTicketStatuses status = attachment.view().getStatus().getAttachmentTicketStatuses().get(id);
			return status != null && Boolean.TRUE.equals(status.getSatisfied())
					&& Objects.equals(status.getGeneration(), ticket.getGeneration());
		}).isPresent();
	}

	static Map<String, AttachmentTickets> all(Stored<VolumeAttachment> attachment) {
		return Objects.requireNonNullElse(attachment.view().getSpec().getAttachmentTickets(), Map.of());
	}

	/** As controllers name their tickets. */
	static String id(String type, String object) {
		String id = type + "-" + object;
		return id.substring(0, Math.min(253, id.length()));
	}

}
