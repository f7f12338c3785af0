package dev.longhaul.backupstore.mirror;

import java.util.List;

import dev.longhaul.core.backup.BackupName;

/**
 * What the destination has of a volume and the source has not. Nothing of it is removed:
 * the source may have lost it.
 *
 * @param blocks those that the source neither holds nor needs
 */
public record Extra(List<BackupName> backups, Load blocks) {

	public static final Extra NONE = new Extra(List.of(), Load.NONE);

	public Extra {
		backups = List.copyOf(backups);
	}

	public boolean isEmpty() {
		return backups.isEmpty() && blocks.count() == 0;
	}

}
