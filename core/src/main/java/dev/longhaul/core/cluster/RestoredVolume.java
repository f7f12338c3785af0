package dev.longhaul.core.cluster;

import java.util.Map;

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
 * @param claimed whether a PersistentVolume refers to it
 * @param node that it is attached to, or is to be; empty if none
 */
public record RestoredVolume(VolumeName name, String version, String backupUrl, Map<String, String> labels,
		ByteSize size, VolumeState state, Robustness robustness, boolean begun, boolean restoring, int progress,
		String failure, boolean claimed, String node) {

	public RestoredVolume {
		labels = Map.copyOf(labels);
	}

	/** Whether Longhorn has given up: it never tries again by itself. */
	public boolean isFailed() {
		return restoring && (robustness == Robustness.FAULTED || !failure.isEmpty());
	}

	/** Whether it is what its backup was, and can be used. */
	public boolean isRestored() {
		return begun && !restoring && (state == VolumeState.DETACHED || claimed);
	}

}
