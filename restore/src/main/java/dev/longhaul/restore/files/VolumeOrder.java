package dev.longhaul.restore.files;

import java.time.Instant;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * A volume whose files are wanted.
 *
 * @param name of what is made of it in the directory, different from all others
 * @param claim null if nobody recorded one
 * @param dataAt the time of the data
 */
public record VolumeOrder(ApplicationName application, String name, @Nullable ClaimRef claim, VolumeName volume,
		BackupName backup, Instant dataAt) {

	/** For people. */
	public String label() {
		return (claim != null) ? claim.toString() : volume.value();
	}

}
