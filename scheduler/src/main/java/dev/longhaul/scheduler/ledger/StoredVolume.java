package dev.longhaul.scheduler.ledger;

import java.time.Instant;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;

/**
 * A volume that has a backup, also one that is not its application's any more.
 *
 * @param snapshotAt the time of the data of its newest backup
 * @param backup its newest
 * @param size of that backup
 */
public record StoredVolume(ApplicationName application, ClaimRef claim, VolumeName volume, Night night,
		Instant snapshotAt, BackupName backup, ByteSize size) {

}
