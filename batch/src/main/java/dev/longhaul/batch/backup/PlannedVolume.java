package dev.longhaul.batch.backup;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;

/**
 * One volume of an application, and what tonight's snapshot and backup of it are called.
 */
record PlannedVolume(ClaimRef claim, VolumeName volume, SnapshotName snapshot, BackupName backup) {

	static PlannedVolume of(Night night, ApplicationName application, ClaimRef claim, VolumeName volume) {
		return new PlannedVolume(claim, volume, night.snapshotName(application, volume),
				night.backupName(application, volume));
	}

	/**
	 * The same with a snapshot of its own for each attempt to take all snapshots of an
	 * application in one quiet window: those of an earlier one are of another moment.
	 * @param number from 1, whose name has no number
	 */
	PlannedVolume attempt(int number) {
		SnapshotName name = (number == 1) ? snapshot : new SnapshotName(snapshot + "-" + number);
		return new PlannedVolume(claim, volume, name, backup);
	}

}
