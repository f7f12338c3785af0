package dev.longhaul.backupstore.inventory;

import java.util.List;
import java.util.Optional;

import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * What the folder of a volume was seen to hold, blocks apart.
 *
 * @param config its volume.cfg, null if there is none
 * @param manifests one per backup, by name
 */
public record VolumeFolder(VolumeName volume, @Nullable ObjectInfo config, List<ManifestFile> manifests,
		List<ObjectInfo> locks) {

	public VolumeFolder {
		manifests = List.copyOf(manifests);
		locks = List.copyOf(locks);
	}

	public Optional<ManifestFile> find(BackupName backup) {
		return manifests.stream().filter(manifest -> manifest.backup().equals(backup)).findFirst();
	}

	/** A backup's manifest as a file. */
	public record ManifestFile(BackupName backup, ObjectInfo file) {
	}

}
