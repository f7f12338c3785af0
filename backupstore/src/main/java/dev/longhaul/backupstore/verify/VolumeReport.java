package dev.longhaul.backupstore.verify;

import java.util.List;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one volume after its backups were read back.
 *
 * @param claim the claim it was bound to at its latest backup; null if that is not known
 * @param backups oldest first; those that were never finished or cannot be read last
 * @param problems of the volume as a whole, of no backup in particular
 * @param distinctBlocks blocks that the chosen backups use, each counted once
 * @param bytesRead stored bytes that were fetched
 * @param orphans null if only some of the volume's backups were chosen, which does not
 * tell
 * @param vanished backups that were deleted while they were being read; Longhorn may do
 * so at any time
 */
public record VolumeReport(VolumeName name, @Nullable ClaimRef claim, List<BackupReport> backups,
		List<Problem> problems, long distinctBlocks, ByteSize bytesRead, @Nullable Orphans orphans,
		List<BackupName> vanished) {

	public VolumeReport {
		backups = List.copyOf(backups);
		problems = List.copyOf(problems);
		vanished = List.copyOf(vanished);
	}

	/**
	 * Stored blocks that no backup uses.
	 *
	 * @param certain false if a manifest could not be read in full, or a backup is in
	 * progress: the blocks may be theirs
	 */
	public record Orphans(long count, ByteSize size, boolean certain) {
	}

}
