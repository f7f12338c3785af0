package dev.longhaul.core.application;

import java.time.Instant;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;

/**
 * The backup of one volume within a restore point.
 *
 * @param snapshotAt the true time of the data; the time in Longhorn's manifest is when
 * the upload began
 * @param size blocks times block size
 */
public record VolumeBackup(ClaimRef claim, VolumeName volume, SnapshotName snapshot, Instant snapshotAt,
		BackupName backup, ByteSize size) {

}
