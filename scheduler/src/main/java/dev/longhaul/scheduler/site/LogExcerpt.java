package dev.longhaul.scheduler.site;

import java.util.List;
import java.util.Locale;

import dev.longhaul.scheduler.page.run.RunLog;
import dev.longhaul.scheduler.run.RunLine;
import org.jspecify.annotations.Nullable;

/**
 * The part of a run's log that somebody wants to see.
 *
 * @param filter what its lines contain, in any case; empty for all
 * @param line the number of one that is to be among them; null for the newest
 */
record LogExcerpt(String filter, @Nullable Integer line) {

	/** As many as a browser shows at once. */
	static final int SHOWN = 500;

	/** Shown before the one that is wanted, to see how it came to that. */
	private static final int BEFORE = 100;

	private static final int LONGEST_FILTER = 100;

	/**
	 * @param filter null for none
	 * @param line null, or nothing like a number, for none
	 */
	static LogExcerpt of(@Nullable String filter, @Nullable String line) {
		String words = (filter != null) ? filter.strip() : "";
		return new LogExcerpt(words.substring(0, Math.min(words.length(), LONGEST_FILTER)),
				(line != null && line.matches("[1-9][0-9]{0,8}")) ? Integer.valueOf(line) : null);
	}

	/**
	 * @param all that was said
	 */
	RunLog of(List<RunLine> all) {
		String words = filter.toLowerCase(Locale.ROOT);
		List<RunLine> matching = filter.isEmpty() ? all
				: all.stream().filter(said -> said.text().toLowerCase(Locale.ROOT).contains(words)).toList();
		int last = Math.max(0, matching.size() - SHOWN);
		int from = (line != null && filter.isEmpty()) ? Math.min(last, Math.max(0, line - 1 - BEFORE)) : last;
		return new RunLog(
				matching.subList(from, Math.min(matching.size(), from + SHOWN)).stream().map(LogExcerpt::line).toList(),
				filter, all.size());
	}

	static RunLog.Line line(RunLine line) {
		return new RunLog.Line(line.number(), line.at(), RunLog.Level.valueOf(line.level().name()), line.text());
	}

}
