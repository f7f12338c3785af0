package dev.longhaul.restore.run;

import java.time.Duration;

import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.restore.plan.PlannedVolume;

/**
 * What became of a volume of a plan.
 */
public sealed interface VolumeOutcome {

	PlannedVolume volume();

	/**
	 * It is what its backup was, and its claim is bound to it; or it stands by, as it was
	 * meant to.
	 *
	 * @param took since this run asked for it; zero if an earlier one had
	 */
	record Restored(PlannedVolume volume, Duration took) implements VolumeOutcome {
	}

	/**
	 * Something stood in its place, and was to stay.
	 *
	 * @param why a fact with its values
	 */
	record Skipped(PlannedVolume volume, String why) implements VolumeOutcome {
	}

	/** It is not restored, or its claim is not bound to it. */
	record Failed(PlannedVolume volume, LonghaulException failure) implements VolumeOutcome {
	}

}
