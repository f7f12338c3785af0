package dev.longhaul.backupstore.mirror;

import java.util.List;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * What there is to do for one volume, as the listings of both sides and the manifests of
 * the source have it.
 *
 * @param blocks to be copied
 * @param blocksHeld that the destination has already
 * @param blocksMissing that backups need and the source does not have
 * @param backups whose manifests are to be copied, oldest first
 * @param manifests the same as a load
 * @param extra null if the source lists no backup of the volume, which is no reason to
 * call the destination's superfluous
 */
public record VolumePlan(VolumeName volume, Load blocks, Load blocksHeld, long blocksMissing, List<BackupName> backups,
		Load manifests, ConfigOutcome config, @Nullable Extra extra) {

	/** A lock is put, and put again when it is seen that nothing stands against it. */
	private static final int PUTS_OF_LOCK = 2;

	public VolumePlan {
		backups = List.copyOf(backups);
	}

	public boolean isDone() {
		return blocks.count() == 0 && backups.isEmpty() && !config.isWritten();
	}

	/** Reads of the source that copying takes, without attempts that fail. */
	public long reads() {
		return blocks.count() + manifests.count();
	}

	/**
	 * Writes to the destination that copying takes, without refreshing the lock once a
	 * minute.
	 */
	public long writes() {
		return isDone() ? 0 : blocks.count() + manifests.count() + (config.isWritten() ? 1 : 0) + PUTS_OF_LOCK;
	}

}
