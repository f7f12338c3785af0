package dev.longhaul.core.application;

import java.time.Instant;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Original;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * The backup of one volume within a restore point.
 *
 * @param snapshotAt the true time of the data; the time in Longhorn's manifest is when
 * the upload began
 * @param size blocks times block size
 * @param original what the volume was; null in records of older versions
 */
public record VolumeBackup(ClaimRef claim, VolumeName volume, SnapshotName snapshot, Instant snapshotAt,
		BackupName backup, ByteSize size, @Nullable Original original) {

	/** One of which nothing is known but its data. */
	public VolumeBackup(ClaimRef claim, VolumeName volume, SnapshotName snapshot, Instant snapshotAt, BackupName backup,
			ByteSize size) {
		this(claim, volume, snapshot, snapshotAt, backup, size, null);
	}

	/** The same with what the volume was. */
	public VolumeBackup with(Original known) {
		return new VolumeBackup(claim, volume, snapshot, snapshotAt, backup, size, known);
	}

	VolumeBackup withoutObjects(String why) {
		return (original == null) ? this : with(original.withoutObjects(why));
	}

}
