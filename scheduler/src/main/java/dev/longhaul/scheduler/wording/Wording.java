package dev.longhaul.scheduler.wording;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import dev.longhaul.core.text.Spans;

/**
 * Times and counts as people say them, in the reader's time zone.
 */
public final class Wording {

	private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

	private final ZoneId zone;

	public Wording(ZoneId zone) {
		this.zone = zone;
	}

	/** {@code 2026-11-22 02:30}. */
	public String dateAndTime(Instant instant) {
		return DATE_AND_TIME.format(instant.atZone(zone));
	}

	/** {@code 02:30 (12 s ago)}; with its date if that is not today's. */
	public String ago(Instant instant, Instant now) {
		ZonedDateTime at = instant.atZone(zone);
		LocalDate today = now.atZone(zone).toLocalDate();
		DateTimeFormatter format = at.toLocalDate().equals(today) ? TIME : DATE_AND_TIME;
		return "%s (%s ago)".formatted(format.format(at), Spans.coarse(Duration.between(instant, now)));
	}

	/** {@code 1 block}, {@code 24 blocks}. */
	public static String count(long count, String noun) {
		return count + " " + noun + ((count == 1) ? "" : "s");
	}

}
