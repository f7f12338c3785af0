package dev.longhaul.simulator.engine;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;

/**
 * What an engine shall restore.
 *
 * @param source the volume that was backed up, as the target names it
 * @param replicas how many the restored volume has; all of them take the same content
 */
public record RestoreOrder(VolumeName source, BackupName backup, int replicas) {

	public RestoreOrder {
		if (replicas < 1) {
			throw new IllegalArgumentException("a volume has a replica, not " + replicas);
		}
	}

}
