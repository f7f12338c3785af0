package dev.longhaul.simulator.longhorn;

import java.net.HttpURLConnection;
import java.util.function.BooleanSupplier;

import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.simulator.control.LonghornObjects;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * Attaches volumes without a pod that uses them.
 */
public final class Attachments {

	private static final String TICKET = "longhorn-api-simulator";

	private final Tickets tickets;

	public Attachments(LonghornObjects objects) {
		this.tickets = new Tickets(objects);
	}

	/**
	 * Asks for a volume to be attached; it takes a while until it is.
	 * @return whether it could be asked for; if not, it can be a little later
	 */
	public boolean attach(VolumeName volume, String node) {
		return unlessConflict(() -> tickets.put(volume.value(), Tickets.LONGHORN_API, TICKET, node, "false"));
	}

	/**
	 * Does not ask any more.
	 * @return whether that could be said
	 */
	public boolean detach(VolumeName volume) {
		return unlessConflict(() -> {
			tickets.remove(volume.value(), TICKET);
			return true;
		});
	}

	private static boolean unlessConflict(BooleanSupplier attempt) {
		try {
			return attempt.getAsBoolean();
		}
		catch (KubernetesClientException ex) {
			if (ex.getCode() == HttpURLConnection.HTTP_CONFLICT) {
				return false;
			}
			throw ex;
		}
	}

}
