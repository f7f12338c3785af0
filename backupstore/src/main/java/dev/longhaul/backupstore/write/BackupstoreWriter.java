package dev.longhaul.backupstore.write;

import java.time.Clock;
import java.util.Optional;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.Lock;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;

/**
 * Writes to a backup target by Longhorn's protocol.
 */
public final class BackupstoreWriter {

	private final ObjectStore store;

	private final BackupstoreLayout layout;

	private final LockPace pace;

	private final Clock clock;

	private final Pause pause;

	public BackupstoreWriter(ObjectStore store, BackupstoreLayout layout, LockPace pace, Clock clock, Pause pause) {
		this.store = store;
		this.layout = layout;
		this.pace = pace;
		this.clock = clock;
		this.pause = pause;
	}

	/** Prepares a backup; nothing is sent before it {@link BackupUpload#run() runs}. */
	public BackupUpload backup(BackupOrder order, SnapshotSource source, UploadProgress progress) {
		return new BackupUpload(files(order.volume()), order, source, progress, pace, clock, pause);
	}

	/**
	 * Deletes a backup and, if that is safe, the blocks no other backup of the volume
	 * uses. One that is not there counts as deleted.
	 * @throws dev.longhaul.core.failure.LonghaulException if the volume is locked by a
	 * backup or a restore, or the target fails
	 */
	public void delete(VolumeName volume, BackupName backup) {
		new BackupRemoval(files(volume), pace, clock, pause).remove(backup);
	}

	/** Deletes a volume with all its backups: manifests first, locks last. */
	public void delete(VolumeName volume) {
		new BackupRemoval(files(volume), pace, clock, pause).removeVolume();
	}

	/**
	 * Takes a lock as a backup or a restore does: it keeps deletions away until it is
	 * released, and no other backup or restore. There is one attempt, of a few seconds.
	 * @return empty if a deletion is under way
	 */
	public Optional<VolumeLock> tryLock(VolumeName volume) {
		return VolumeLock.tryAcquire(files(volume), Lock.Type.BACKUP_OR_RESTORE, pace, clock, pause);
	}

	/**
	 * Takes a lock as a deletion does: it keeps backups and restores away until it is
	 * released, and no other deletion. There is one attempt, of a few seconds.
	 * @return empty if a backup or a restore is under way
	 */
	public Optional<VolumeLock> tryDeletionLock(VolumeName volume) {
		return VolumeLock.tryAcquire(files(volume), Lock.Type.DELETION, pace, clock, pause);
	}

	private VolumeFiles files(VolumeName volume) {
		return new VolumeFiles(store, new ObjectReader(store, pause), layout, volume);
	}

}
