package dev.longhaul.batch.mirror;

import dev.longhaul.backupstore.mirror.MirrorReport;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.VolumeName;

/**
 * Something that happened in a mirror's run, for whoever shows it.
 */
public sealed interface MirrorEvent {

	/**
	 * The first event of every start, also of one that resumes.
	 *
	 * @param from name of a target
	 * @param to the same
	 */
	record Begun(Night run, String from, String to) implements MirrorEvent {
	}

	/**
	 * Nothing goes on with a volume until something else is over.
	 *
	 * @param what {@code the end of a deletion in the source}
	 */
	record Waiting(VolumeName volume, String what) implements MirrorEvent {
	}

	/** Nothing that keeps the run from going on. */
	record Warned(String warning) implements MirrorEvent {
	}

	/** The last event: everything was copied that could be. */
	record Mirrored(MirrorReport report) implements MirrorEvent {
	}

}
