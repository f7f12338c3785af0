package dev.longhaul.scheduler.night;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times and durations as people say them, in the reader's time zone.
 */
final class Wording {

	private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

	private final ZoneId zone;

	Wording(ZoneId zone) {
		this.zone = zone;
	}

	/** {@code 2026-11-22 02:30}. */
	String dateAndTime(Instant instant) {
		return DATE_AND_TIME.format(instant.atZone(zone));
	}

	/** {@code 02:30 (12 s ago)}; with its date if that is not today's. */
	String ago(Instant instant, Instant now) {
		ZonedDateTime at = instant.atZone(zone);
		LocalDate today = now.atZone(zone).toLocalDate();
		DateTimeFormatter format = at.toLocalDate().equals(today) ? TIME : DATE_AND_TIME;
		return "%s (%s ago)".formatted(format.format(at), duration(Duration.between(instant, now)));
	}

	/**
	 * {@code 0.4 s}, {@code 12 s}, {@code 5 min}, {@code 3 h 20 min}, {@code 2 d 4 h}.
	 */
	static String duration(Duration duration) {
		long seconds = Math.max(0, duration.toSeconds());
		if (seconds < 10 && !duration.isNegative()) {
			return "%d.%d s".formatted(seconds, duration.toMillis() % 1000 / 100);
		}
		if (seconds < 120) {
			return seconds + " s";
		}
		if (seconds < 2 * 3600) {
			return seconds / 60 + " min";
		}
		if (seconds < 48 * 3600) {
			return "%d h%s".formatted(seconds / 3600, rest(seconds % 3600 / 60, "min"));
		}
		return "%d d%s".formatted(seconds / 86400, rest(seconds % 86400 / 3600, "h"));
	}

	private static String rest(long count, String unit) {
		return (count > 0) ? " %d %s".formatted(count, unit) : "";
	}

	/** {@code 1 block}, {@code 24 blocks}. */
	static String count(long count, String noun) {
		return count + " " + noun + ((count == 1) ? "" : "s");
	}

}
