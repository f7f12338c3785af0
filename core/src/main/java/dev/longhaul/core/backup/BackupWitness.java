package dev.longhaul.core.backup;

import java.time.Instant;

import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * What the bucket itself says about a backup that the cluster reports on. Longhorn has
 * been seen to report completion before the manifest was written, and to report progress
 * for an upload that had died.
 */
public interface BackupWitness {

	/**
	 * Looks into the bucket. Costs a few list and head calls.
	 * @throws dev.longhaul.core.failure.LonghaulException if the bucket could not be
	 * looked at, which says nothing about the backup
	 */
	Testimony observe(VolumeName volume, BackupName backup);

	/** How far the backup's manifest is. */
	enum Manifest {

		/** There is none: the backup does not exist (yet). */
		ABSENT,

		/** Only the placeholder that Longhorn writes first. */
		PLACEHOLDER,

		/** Written in full: from here on the backup exists. */
		FINISHED,

		/** There is one and it cannot be read. */
		UNREADABLE

	}

	/**
	 * @param lastSignOfLife the newest modification of a lock or of the manifest by the
	 * bucket's clock; null if there is neither. Longhorn rewrites the lock of a running
	 * backup every 60 s.
	 * @param observedAt the time by our own clock; a run whose clock is not that of the
	 * bucket does not begin
	 */
	record Testimony(Manifest manifest, @Nullable Instant lastSignOfLife, Instant observedAt) {
	}

}
