package dev.longhaul.scheduler.night;

import java.time.Instant;

import dev.longhaul.batch.backup.NightListener;
import dev.longhaul.core.failure.LonghaulException;

/**
 * Shows a night, while it runs and when it is over.
 */
interface NightReport extends NightListener {

	void end(NightResult result, Instant now);

	/** The night could not be run to its end; that is said on standard error besides. */
	void failed(LonghaulException failure);

}
