package dev.longhaul.scheduler.page.run;

import java.time.Instant;
import java.util.List;

/**
 * The lines of a run's log that are shown.
 *
 * @param filter what they contain; empty for all
 * @param total how many there are in all
 */
public record RunLog(List<Line> lines, String filter, long total) {

	public RunLog {
		lines = List.copyOf(lines);
	}

	/** Whether what is said next goes below these lines. */
	public boolean isNewest() {
		return filter.isEmpty() && (lines.isEmpty() ? total == 0 : lines.get(lines.size() - 1).number() == total);
	}

	/** {@code 501 to 1000 of 1400}. */
	public String part() {
		return lines.isEmpty() ? "none of " + total
				: "%d to %d of %d".formatted(lines.get(0).number(), lines.get(lines.size() - 1).number(), total);
	}

	/**
	 * @param number counted from 1 over the whole log, so that a link to a line stays
	 * right under any filter
	 */
	public record Line(long number, Instant at, Level level, String text) {

		/** Within its page. */
		public String id() {
			return "L" + number;
		}

	}

	/** How much a line matters. */
	public enum Level {

		INFO, WARNING, ERROR

	}

}
