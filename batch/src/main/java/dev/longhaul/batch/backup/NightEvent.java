package dev.longhaul.batch.backup;

import java.time.Duration;
import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.removal.RemovalReport;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;

/**
 * Something that happened in a night, for whoever shows it.
 */
public sealed interface NightEvent {

	/** The first event of every start, also of one that resumes. */
	record Begun(Night night, List<ApplicationName> applications) implements NightEvent {

		public Begun {
			applications = List.copyOf(applications);
		}

	}

	/** Nothing that keeps the night from going on. */
	record Warned(String warning) implements NightEvent {
	}

	/** Its volumes are looked at, and their snapshots come next. */
	record ApplicationBegun(ApplicationName application) implements NightEvent {
	}

	/**
	 * All snapshots of an application are ready.
	 *
	 * @param taken how many volumes have one, those of an earlier start of this night
	 * included
	 * @param quiet how long the application was quiet for them, its release included;
	 * zero if it was not
	 */
	record SnapshotsReady(ApplicationName application, int taken, Duration took, Duration quiet) implements NightEvent {
	}

	/** A look at a running backup. */
	record Uploading(ApplicationName application, VolumeName volume, int percent) implements NightEvent {
	}

	/** Every volume of an application is in the bucket. */
	record BackedUp(RestorePoint point, ByteSize uploaded) implements NightEvent {
	}

	/** A stream was kept beside the volumes of an application. */
	record Exported(ApplicationName application, StoredExport export) implements NightEvent {
	}

	/**
	 * Blocks read back, so far and in all as far as known.
	 *
	 * @param read so far, as stored
	 */
	record ReadingBack(ApplicationName application, long blocks, long of, ByteSize read) implements NightEvent {
	}

	/** All blocks are proven; now the application's data are checked on them. */
	record Checking(ApplicationName application) implements NightEvent {
	}

	/** The last event of an application with a restore point. */
	record ReadBack(RestorePoint point, ByteSize uploaded, Proof proof) implements NightEvent {
	}

	/** The last event of an application without one. */
	record Failed(ApplicationName application, FailureNote failure) implements NightEvent {
	}

	/** What the night came to. */
	record Judged(RunManifest manifest, RunProof proof) implements NightEvent {
	}

	/** Retention was carried out; what did not go was warned of. */
	record Thinned(ApplicationName application, RemovalReport report) implements NightEvent {
	}

}
