package dev.longhaul.core.removal;

import java.util.List;
import java.util.Optional;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.retention.Use;
import dev.longhaul.core.volume.VolumeName;

/**
 * What the bucket itself says of backups that are to go. Every call fails with a
 * {@link dev.longhaul.core.failure.LonghaulException} if it could not be looked at.
 */
public interface RemovalWitness {

	/** Who reads backups of the volume now, or may; what they read is not told. */
	List<Use> usesOf(VolumeName volume);

	/** Whether the manifest of a backup is there. */
	boolean holds(VolumeName volume, BackupName backup);

	/**
	 * Why Longhorn leaves blocks of the volume where they are although no backup uses
	 * them; empty if nothing is known that would make it.
	 */
	Optional<String> whyBlocksStay(VolumeName volume);

}
