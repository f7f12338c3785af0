package dev.longhaul.core.volume;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A Longhorn volume as the cluster last reported it.
 *
 * @param size what the claim sees
 * @param actualSize what its snapshots and head occupy in one replica
 * @param replicas how many replicas are asked for
 * @param claim the claim on it, or null if none is known
 * @param backupTargetName where new backups go; {@code default} before Longhorn 1.8
 * @param restoring whether Longhorn is still filling it from a backup
 * @param createdAt when the custom resource was created
 */
public record Volume(VolumeName name, ByteSize size, ByteSize actualSize, VolumeState state, Robustness robustness,
		int replicas, @Nullable ClaimRef claim, String backupTargetName, boolean restoring, Instant createdAt) {

}
