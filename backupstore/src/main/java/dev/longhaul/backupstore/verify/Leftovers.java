package dev.longhaul.backupstore.verify;

import java.time.Instant;
import java.util.List;

import dev.longhaul.backupstore.format.Lock;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.backupstore.object.ObjectInfo;

/**
 * What a backup that died leaves in its volume's folder, told from one that is still
 * being made by the age of locks and manifests: Longhorn rewrites the lock of a running
 * backup every 60 s.
 */
final class Leftovers {

	private final VolumeFolder folder;

	private final List<BackupDraft> drafts;

	private final Instant now;

	/**
	 * @param now by the clock of the store, as far as it is known
	 */
	Leftovers(VolumeFolder folder, List<BackupDraft> drafts, Instant now) {
		this.folder = folder;
		this.drafts = drafts;
		this.now = now;
	}

	/** Whether somebody may be writing or deleting in the folder. */
	boolean isSomebodyAtWork() {
		return folder.locks().stream().anyMatch(this::isRecent) || unfinished().stream().anyMatch(this::isRecent);
	}

	/** Backups that nobody will finish. None is called so while a lock is alive. */
	List<BackupDraft> abandoned() {
		if (folder.locks().stream().anyMatch(this::isRecent)) {
			return List.of();
		}
		return unfinished().stream().filter(draft -> !isRecent(draft)).toList();
	}

	List<ObjectInfo> staleLocks() {
		return folder.locks().stream().filter(lock -> !isRecent(lock)).toList();
	}

	private List<BackupDraft> unfinished() {
		return drafts.stream().filter(BackupDraft::isUnfinished).toList();
	}

	private boolean isRecent(BackupDraft draft) {
		return isRecent(draft.file().file());
	}

	private boolean isRecent(ObjectInfo object) {
		return Lock.isLive(object.lastModified(), now);
	}

}
