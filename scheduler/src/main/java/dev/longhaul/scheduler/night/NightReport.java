package dev.longhaul.scheduler.night;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

import dev.longhaul.batch.backup.NightListener;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.scheduler.wording.Wording;

/**
 * Shows a night, while it runs and when it is over.
 */
public interface NightReport extends NightListener {

	/**
	 * For people.
	 * @param columns of the terminal that {@code err} is; 0 if it is none, and nothing is
	 * shown while it runs
	 */
	static NightReport text(PrintStream out, PrintStream err, int columns, Clock clock, ZoneId zone) {
		return new TextReport(new LiveLines(out, err, columns), new Wording(zone), clock);
	}

	void end(NightResult result, Instant now);

	/** The night could not be run to its end; that is said on standard error besides. */
	void failed(LonghaulException failure);

}
