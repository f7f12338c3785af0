package dev.longhaul.core.recurring;

import java.util.Arrays;

/**
 * What a {@link RecurringJob} does to its volumes.
 */
public enum RecurringTask {

	/** Takes a snapshot, unless nothing was written since the last one. */
	SNAPSHOT("snapshot"),

	/** Takes a snapshot in any case. */
	SNAPSHOT_FORCE_CREATE("snapshot-force-create"),

	/**
	 * Purges what Longhorn has marked as removed already, and takes nothing else away.
	 */
	SNAPSHOT_CLEANUP("snapshot-cleanup"),

	/** Deletes the oldest snapshots beyond a number, whoever took them. */
	SNAPSHOT_DELETE("snapshot-delete"),

	/**
	 * Takes a snapshot and backs it up, unless nothing was written since the last one.
	 */
	BACKUP("backup"),

	/** Takes a snapshot and backs it up in any case. */
	BACKUP_FORCE_CREATE("backup-force-create"),

	/** Gives back to the disk what the file system does not use any more. */
	FILESYSTEM_TRIM("filesystem-trim"),

	/** Saves Longhorn's own objects; chooses no volume. Since Longhorn 1.9. */
	SYSTEM_BACKUP("system-backup"),

	/** One that a newer Longhorn has. */
	UNKNOWN("unknown");

	private final String word;

	RecurringTask(String word) {
		this.word = word;
	}

	/** As Longhorn writes it. */
	public String word() {
		return word;
	}

	/** {@link #UNKNOWN} for a word that is none of these. */
	public static RecurringTask of(String word) {
		return Arrays.stream(values()).filter(task -> task.word.equals(word)).findFirst().orElse(UNKNOWN);
	}

	/** Whether it makes snapshots or backups, as a night does. */
	public boolean makesCopies() {
		return this == SNAPSHOT || this == SNAPSHOT_FORCE_CREATE || makesBackups();
	}

	/** Whether what it makes leaves the cluster. */
	public boolean makesBackups() {
		return this == BACKUP || this == BACKUP_FORCE_CREATE;
	}

	/** Whether it works on the volumes that are labelled for it. */
	public boolean choosesVolumes() {
		return this != SYSTEM_BACKUP;
	}

}
