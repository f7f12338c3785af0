package dev.longhaul.core.extra;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long something must have been missing in the source before it may go from the
 * mirror: the time in which somebody notices that it should not be missing.
 */
public record SafetyPeriod(Duration length) {

	/** What is taken if nothing is said. */
	public static final SafetyPeriod USUAL = new SafetyPeriod(Duration.ofDays(14));

	private static final Pattern PATTERN = Pattern.compile("([1-9]\\d{0,3})d");

	public SafetyPeriod {
		if (length.compareTo(Duration.ofDays(1)) < 0) {
			throw new IllegalArgumentException("a safety period lasts at least a day, not " + length);
		}
	}

	/**
	 * Reads what {@link #toString} writes: {@code 14d}.
	 * @throws IllegalArgumentException if the text is none
	 */
	public static SafetyPeriod parse(String text) {
		Matcher days = PATTERN.matcher(text);
		if (!days.matches()) {
			throw new IllegalArgumentException(
					"'%s' is no safety period: write a number of days from 1, as in 14d".formatted(text));
		}
		return new SafetyPeriod(Duration.ofDays(Integer.parseInt(days.group(1))));
	}

	/** What was lost suddenly waits longer. */
	SafetyPeriod afterSuddenLoss() {
		return new SafetyPeriod(length.multipliedBy(3));
	}

	@Override
	public String toString() {
		return length.toDays() + "d";
	}

}
