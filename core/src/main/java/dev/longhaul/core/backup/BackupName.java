package dev.longhaul.core.backup;

import dev.longhaul.core.volume.StoredName;

/**
 * The name of a backup, unique across all volumes and targets of a cluster.
 */
public record BackupName(String value) implements Comparable<BackupName> {

	public BackupName {
		StoredName.require("backup", value);
	}

	@Override
	public int compareTo(BackupName other) {
		return value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return value;
	}

}
