package dev.longhaul.cli.render;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * Says when something was: how long ago, or at which instant.
 *
 * @param form which of the two
 */
public record Times(Instant now, Form form) {

	/** What stands where a time is not known. */
	static final String UNKNOWN = "–";

	private static final long DAYS_PER_MONTH = 30;

	/** How a time is told. */
	public enum Form {

		/** {@code 6 h ago}. */
		RELATIVE,

		/** {@code 2026-11-22T02:30:00Z}. */
		UTC

	}

	public String of(@Nullable Instant instant) {
		if (instant == null) {
			return UNKNOWN;
		}
		if (form == Form.UTC) {
			return instant.truncatedTo(ChronoUnit.SECONDS).toString();
		}
		Duration ago = Duration.between(instant, now);
		return ago.isNegative() ? "in " + coarse(ago.negated()) : coarse(ago) + " ago";
	}

	private static String coarse(Duration duration) {
		if (duration.toMinutes() < 1) {
			return duration.toSeconds() + " s";
		}
		if (duration.toHours() < 1) {
			return duration.toMinutes() + " min";
		}
		if (duration.toHours() < 48) {
			return duration.toHours() + " h";
		}
		long days = duration.toDays();
		if (days < 2 * DAYS_PER_MONTH) {
			return days + " d";
		}
		return (days < 730) ? days / DAYS_PER_MONTH + " months" : days / 365 + " years";
	}

}
