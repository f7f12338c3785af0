package dev.longhaul.backupstore.inventory;

import java.util.List;

import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * A volume of a target and its backups.
 *
 * @param config null if there is none or it cannot be read
 * @param fault why there is no config, empty if there is one
 * @param backups oldest first; those that were never finished last
 */
public record CataloguedVolume(VolumeName name, @Nullable VolumeConfig config, String fault,
		List<CataloguedBackup> backups) {

	public CataloguedVolume {
		backups = List.copyOf(backups);
	}

}
