package dev.longhaul.core.application;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * When an application was quiet for its snapshots, as it was measured.
 *
 * @param since just before the first step
 * @param lasted until the last step was undone
 */
public record QuietWindow(Instant since, Duration lasted) {

	public QuietWindow {
		if (lasted.isNegative()) {
			throw new IllegalArgumentException("no window lasts " + lasted);
		}
	}

	/**
	 * @param text as {@link #toString} makes it
	 * @throws IllegalArgumentException if it is none
	 */
	public static QuietWindow parse(String text) {
		int slash = text.indexOf('/');
		if (slash < 0) {
			throw new IllegalArgumentException("'" + text + "' is no interval");
		}
		try {
			return new QuietWindow(Instant.parse(text.substring(0, slash)), Duration.parse(text.substring(slash + 1)));
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("'" + text + "' is no interval", ex);
		}
	}

	/** An interval of ISO 8601: {@code 2026-11-22T02:30:04Z/PT3.2S}. */
	@Override
	public String toString() {
		return since + "/" + lasted;
	}

}
