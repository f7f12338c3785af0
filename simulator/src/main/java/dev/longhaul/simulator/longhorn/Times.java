package dev.longhaul.simulator.longhorn;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Times as Longhorn writes them: RFC 3339 in UTC to the second, and Go's durations.
 */
final class Times {

	private static final Pattern DURATION = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

	private Times() {
	}

	static String text(Instant instant) {
		return instant.truncatedTo(ChronoUnit.SECONDS).toString();
	}

	static String now(Clock clock) {
		return text(clock.instant());
	}

	/** Whether something was asked for after it was last done. */
	static boolean isRequested(@Nullable String requested, @Nullable String done) {
		if (done == null || done.isEmpty()) {
			return true;
		}
		return requested != null && !requested.isEmpty() && Instant.parse(requested).isAfter(Instant.parse(done));
	}

	/** A request that is seen as one even if the last answer is of the same second. */
	static String requestAfter(@Nullable String done, Clock clock) {
		Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
		if (done != null && !done.isEmpty() && !now.isAfter(Instant.parse(done))) {
			return text(Instant.parse(done).plusSeconds(1));
		}
		return text(now);
	}

	/** When a request is done: never before it was made. */
	static String doneAfter(@Nullable String requested, Clock clock) {
		Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
		if (requested != null && !requested.isEmpty() && Instant.parse(requested).isAfter(now)) {
			return requested;
		}
		return text(now);
	}

	/** Reads {@code 5m0s}; anything else is zero. */
	static Duration duration(@Nullable String text) {
		Matcher form = DURATION.matcher((text != null) ? text : "");
		if (!form.matches()) {
			return Duration.ZERO;
		}
		return Duration.ofHours(number(form, 1))
			.plusMinutes(number(form, 2))
			.plusSeconds(number(form, 3))
			.plusMillis(number(form, 4));
	}

	private static long number(Matcher form, int group) {
		return (form.group(group) != null) ? Long.parseLong(form.group(group)) : 0;
	}

}
