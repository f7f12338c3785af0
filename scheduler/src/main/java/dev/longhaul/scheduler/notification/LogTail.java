package dev.longhaul.scheduler.notification;

import java.util.List;

import dev.longhaul.core.text.Printable;

/**
 * The last lines of a run's log, made harmless and bounded: they go into messages and
 * wait in the database.
 */
public record LogTail(List<String> lines) {

	/** No lines. */
	public static final LogTail EMPTY = new LogTail(List.of());

	static final int MOST_LINES = 60;

	static final int LONGEST_LINE = 300;

	public LogTail {
		lines = lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size())
			.stream()
			.map(line -> Shortened.to(LONGEST_LINE, Printable.of(line)))
			.toList();
	}

}
