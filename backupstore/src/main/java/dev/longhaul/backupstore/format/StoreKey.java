package dev.longhaul.backupstore.format;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;

/**
 * What a key in a volume's folder is.
 */
public sealed interface StoreKey {

	VolumeName volume();

	record VolumeConfigKey(VolumeName volume) implements StoreKey {
	}

	record ManifestKey(VolumeName volume, BackupName backup) implements StoreKey {
	}

	record BlockKey(VolumeName volume, Checksum checksum) implements StoreKey {
	}

	record LockKey(VolumeName volume) implements StoreKey {
	}

}
