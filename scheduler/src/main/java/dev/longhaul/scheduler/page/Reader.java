package dev.longhaul.scheduler.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import dev.longhaul.core.text.Spans;
import dev.longhaul.scheduler.wording.Wording;

/**
 * When and where a page is read: what makes a time one of the reader's.
 */
public record Reader(Instant now, ZoneId zone) {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

	private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

	private static final Duration NOTHING = Duration.ofSeconds(1);

	/** {@code 6 h ago}, {@code in 3 d}, {@code now}. */
	public String relative(Instant instant) {
		Duration ago = Duration.between(instant, now);
		if (ago.abs().compareTo(NOTHING) < 0) {
			return "now";
		}
		return ago.isNegative() ? "in " + rough(ago.negated()) : rough(ago) + " ago";
	}

	/** {@code 2026-11-22 02:30 Europe/Berlin}. */
	public String absolute(Instant instant) {
		return "%s %s".formatted(dateAndTime(instant), zone);
	}

	/** {@code 2026-11-22 02:30}. */
	public String dateAndTime(Instant instant) {
		return new Wording(zone).dateAndTime(instant);
	}

	/** {@code 02:30} within a day of now, otherwise with its date. */
	public String near(Instant instant) {
		boolean near = Duration.between(now, instant).abs().compareTo(Duration.ofDays(1)) < 0;
		return near ? TIME.format(instant.atZone(zone)) : dateAndTime(instant);
	}

	/** {@code 02:30:05}. */
	public String second(Instant instant) {
		return SECOND.format(instant.atZone(zone));
	}

	/** In its greatest unit: {@code 12 s}, {@code 6 h}, {@code 3 d}. */
	public static String rough(Duration duration) {
		if (duration.toHours() >= 48) {
			return Spans.coarse(Duration.ofDays(duration.toDays()));
		}
		boolean hours = duration.toHours() >= 1;
		boolean minutes = duration.toMinutes() >= 1;
		return Spans
			.coarse(duration.truncatedTo(hours ? ChronoUnit.HOURS : minutes ? ChronoUnit.MINUTES : ChronoUnit.SECONDS));
	}

}
