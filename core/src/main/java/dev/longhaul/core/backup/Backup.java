package dev.longhaul.core.backup;

import java.time.Instant;
import java.util.Map;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * A Backup resource as the cluster last reported it.
 *
 * @param volume the source volume, as named in the backupstore
 * @param snapshot the snapshot it is of; null if the resource mirrors a backup found in
 * the target
 * @param progress 0 to 100; stays 0 while Longhorn compares, so 0 is not "stuck"
 * @param size blocks times block size, as Longhorn counts; zero until known
 * @param uploaded bytes put into the target by this backup, compressed; zero before
 * Longhorn 1.7 and until known
 * @param error Longhorn's message, empty if none
 * @param url Longhorn's URL of the backup, usable to restore from; empty until known
 * @param lastSyncedAt when Longhorn last read it from the target; null until it did
 */
public record Backup(BackupName name, VolumeName volume, String targetName, @Nullable SnapshotName snapshot,
		BackupState state, int progress, ByteSize size, ByteSize uploaded, String error, String url,
		@Nullable Instant lastSyncedAt, Map<String, String> labels) {

	public Backup {
		labels = Map.copyOf(labels);
	}

	/**
	 * Longhorn's own condition for done: the state alone is set before the metadata is
	 * read.
	 */
	public boolean isReportedComplete() {
		return state == BackupState.COMPLETED && lastSyncedAt != null;
	}

}
