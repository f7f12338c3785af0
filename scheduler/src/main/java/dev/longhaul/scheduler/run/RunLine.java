package dev.longhaul.scheduler.run;

import java.time.Instant;

/**
 * A line of the log of a run.
 *
 * @param number counted from 1
 */
public record RunLine(int number, Instant at, Level level, String text) {

	/** How much it matters. */
	public enum Level {

		INFO, WARNING, ERROR

	}

}
