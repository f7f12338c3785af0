package dev.longhaul.core.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.Robustness;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.core.volume.VolumeState;

/**
 * A volume of a cluster, as far as it is or was made of a backup.
 *
 * @param version of the object, by which a change since is noticed
 * @param backupUrl empty if it was not made of a backup
 * @param begun whether Longhorn has begun
 * @param restoring whether it has not finished
 * @param progress 0 to 100, of the slowest replica
 * @param failure what Longhorn says of a restore that failed, empty if none did
 * @param standby whether it follows the newest backup until it is activated
 * @param lastRestored name of the newest backup that all of it is of, while it is being
 * restored or stands by; empty if there is none yet
 * @param newest name of the newest backup that Longhorn knows of, of one that stands by;
 * empty if it knows of none
 * @param claimed whether a PersistentVolume refers to it
 * @param node that it is attached to, or is to be; empty if none
 */
public record RestoredVolume(VolumeName name, String version, String backupUrl, Map<String, String> labels,
		ByteSize size, VolumeState state, Robustness robustness, boolean begun, boolean restoring, int progress,
		String failure, boolean standby, String lastRestored, String newest, boolean claimed, String node) {

	private static final Pattern SOURCE = Pattern.compile("[?&]volume=([a-z0-9][-a-z0-9.]*)(?:&|$)");

	public RestoredVolume {
		labels = Map.copyOf(labels);
	}

	/**
	 * The volume whose backup it was made of, as the backupstore names it; empty if the
	 * URL does not say it.
	 */
	public Optional<VolumeName> source() {
		return SOURCE.matcher(backupUrl).results().map(found -> new VolumeName(found.group(1))).findFirst();
	}

	/** Whether Longhorn has given up: it never tries again by itself. */
	public boolean isFailed() {
		return restoring && (robustness == Robustness.FAULTED || !failure.isEmpty());
	}

	/** Whether it is what its backup was, and can be used. */
	public boolean isRestored() {
		return begun && !restoring && (state == VolumeState.DETACHED || claimed);
	}

	/** Whether it stands by with all of a backup. */
	public boolean isFollowing() {
		return standby && !isFailed() && !lastRestored.isEmpty();
	}

	/** Whether it stands by with all of the newest backup that Longhorn knows of. */
	public boolean isUpToDate() {
		return isFollowing() && (newest.isEmpty() || newest.equals(lastRestored));
	}

}
