package dev.longhaul.core.retention;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.IsoFields;
import java.util.Locale;

/**
 * What a policy counts: of each of the newest periods that have a restore point, the
 * newest one is kept. Periods without a restore point do not count. They are those of the
 * calendar in the policy's time zone.
 */
public enum CountingRule {

	/** Restore points themselves: each is a period of its own. */
	LAST("last", "restore point"),

	/**
	 * Hours of the clock on the wall. An hour that is shown twice, because the clock is
	 * set back, is two; one that is skipped is none.
	 */
	HOURLY("hourly", "hour"),

	/** Days of the calendar, however long. */
	DAILY("daily", "day"),

	/** ISO weeks: from Monday, and of the year that has their Thursday. */
	WEEKLY("weekly", "week"),

	MONTHLY("monthly", "month"),

	YEARLY("yearly", "year");

	private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:'00'XXX", Locale.ROOT);

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);

	private static final DateTimeFormatter WEEK = new DateTimeFormatterBuilder().appendValue(IsoFields.WEEK_BASED_YEAR)
		.appendLiteral("-W")
		.appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2)
		.toFormatter(Locale.ROOT);

	private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT);

	private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("uuuu", Locale.ROOT);

	private final String word;

	private final String unit;

	CountingRule(String word, String unit) {
		this.word = word;
		this.unit = unit;
	}

	/** As it stands in a policy: {@code weekly}. */
	public String word() {
		return word;
	}

	/** The period a restore point lies in, such as {@code 2026-W47}. */
	String periodOf(StoredPoint point, ZoneId zone) {
		OffsetDateTime at = point.takenAt().atZone(zone).toOffsetDateTime();
		return switch (this) {
			case LAST -> point.night().toString();
			case HOURLY -> HOUR.format(at);
			case DAILY -> DAY.format(at);
			case WEEKLY -> WEEK.format(at);
			case MONTHLY -> MONTH.format(at);
			case YEARLY -> YEAR.format(at);
		};
	}

	/** For people: {@code week 2026-W47}. */
	String name(String period) {
		return unit + ' ' + period;
	}

	/**
	 * Why the newest restore point of the period that is rank-th of those wanted stays.
	 */
	String whyChosen(String period, int rank, int wanted) {
		String place = "%s %d of %d".formatted(word, rank, wanted);
		return (this == LAST) ? place : "newest of %s (%s)".formatted(name(period), place);
	}

}
