package dev.longhaul.core.retention;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of the calendar as people say it: {@code 14d}, {@code 2w}, {@code 6m},
 * {@code 1y6m}. A day of it is a day of the calendar, not 24 hours.
 *
 * @param months at most a hundred years of them
 * @param days at most a hundred years of them; one of the two is more than 0
 */
public record Span(int months, int days) {

	private static final int MAX_MONTHS = 100 * 12;

	private static final int MAX_DAYS = 100 * 366;

	private static final Pattern PATTERN = Pattern
		.compile("(?=.)(?:(\\d{1,5})y)?(?:(\\d{1,5})m)?(?:(\\d{1,5})w)?(?:(\\d{1,5})d)?");

	public Span {
		boolean bounded = months >= 0 && months <= MAX_MONTHS && days >= 0 && days <= MAX_DAYS;
		if (!bounded || (months == 0 && days == 0)) {
			throw new IllegalArgumentException(
					"a span is more than nothing and at most 100 years, not %d months and %d days".formatted(months,
							days));
		}
	}

	/**
	 * Reads years, months, weeks and days, each at most once and in this order.
	 * @throws IllegalArgumentException if it is anything else
	 */
	public static Span parse(String text) {
		Matcher matcher = PATTERN.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					"'" + text + "' is not a span: write it as 14d, 2w, 6m or 1y6m (years, months, weeks, days)");
		}
		return new Span(number(matcher, 1) * 12 + number(matcher, 2), number(matcher, 3) * 7 + number(matcher, 4));
	}

	/**
	 * The same time of day that many months and days earlier: first the months, where a
	 * day the month does not have becomes its last, then the days. A time of day that
	 * does not exist there, because the clock was set forward, is as much later as the
	 * clock was set; of one that exists twice it is the first.
	 */
	public Instant before(Instant instant, ZoneId zone) {
		return instant.atZone(zone).minus(Period.of(0, months, days)).withEarlierOffsetAtOverlap().toInstant();
	}

	/** As {@link #parse} reads it, without weeks: {@code 18m} is {@code 1y6m}. */
	@Override
	public String toString() {
		return part(months / 12, 'y') + part(months % 12, 'm') + part(days, 'd');
	}

	private static int number(Matcher matcher, int group) {
		String digits = matcher.group(group);
		return (digits != null) ? Integer.parseInt(digits) : 0;
	}

	private static String part(int number, char unit) {
		return (number != 0) ? Integer.toString(number) + unit : "";
	}

}
