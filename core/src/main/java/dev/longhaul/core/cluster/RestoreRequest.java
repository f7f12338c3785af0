package dev.longhaul.core.cluster;

import java.util.Map;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;

/**
 * A volume that is to be made of a backup.
 *
 * @param backupUrl as Longhorn tells it of the backup
 * @param size that is expected; Longhorn gives it that of its backup volume
 * @param replicas 0 for as many as the cluster gives volumes by default
 * @param dataEngine {@code v1} or {@code v2}
 * @param accessMode in Longhorn's word, such as {@code rwo}
 * @param standby whether it follows the newest backup of that volume, and cannot be used,
 * until it is activated
 * @param labels that the volume gets
 */
public record RestoreRequest(VolumeName name, String backupUrl, ByteSize size, int replicas, String dataEngine,
		String accessMode, boolean encrypted, boolean standby, Map<String, String> labels) {

	public RestoreRequest {
		labels = Map.copyOf(labels);
	}

}
