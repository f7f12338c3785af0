package dev.longhaul.core.cluster;

import java.util.Map;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;

/**
 * Please back up a snapshot to the target the volume names.
 *
 * @param labels stored in the backup's manifest and given back by every cluster that
 * reads it; the cluster adds {@code KubernetesStatus} itself
 */
public record BackupRequest(BackupName name, VolumeName volume, SnapshotName snapshot, String targetName,
		Map<String, String> labels) {

	public BackupRequest {
		labels = Map.copyOf(labels);
	}

}
