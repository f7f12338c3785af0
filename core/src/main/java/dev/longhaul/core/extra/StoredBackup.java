package dev.longhaul.core.extra;

import java.util.Comparator;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;

/**
 * A backup in a target.
 */
public record StoredBackup(VolumeName volume, BackupName backup) implements Comparable<StoredBackup> {

	private static final Comparator<StoredBackup> ORDER = Comparator.comparing(StoredBackup::volume)
		.thenComparing(StoredBackup::backup);

	@Override
	public int compareTo(StoredBackup other) {
		return ORDER.compare(this, other);
	}

	/** {@code volume/backup}. */
	@Override
	public String toString() {
		return volume + "/" + backup;
	}

}
