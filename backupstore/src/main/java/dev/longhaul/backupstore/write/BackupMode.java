package dev.longhaul.backupstore.write;

import java.util.Locale;

/**
 * Whether a backup may build on an earlier one.
 */
public enum BackupMode {

	/**
	 * Builds on the volume's last backup if its snapshot is still there, and skips blocks
	 * that are stored already.
	 */
	INCREMENTAL,

	/** Puts every block again: heals blocks that were damaged in the target. */
	FULL;

	/** Longhorn's word. */
	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
