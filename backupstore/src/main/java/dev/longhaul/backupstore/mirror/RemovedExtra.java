package dev.longhaul.backupstore.mirror;

import java.util.List;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * What went from one volume of a mirror.
 *
 * @param backups whose manifests are gone
 * @param blocks that no other backup used, and that are gone
 * @param left why not all that was approved is gone; null if it is
 */
public record RemovedExtra(VolumeName volume, List<BackupName> backups, Load blocks, @Nullable String left) {

	public RemovedExtra {
		backups = List.copyOf(backups);
	}

	static RemovedExtra nothing(VolumeName volume, String left) {
		return new RemovedExtra(volume, List.of(), Load.NONE, left);
	}

}
