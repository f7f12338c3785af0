package dev.longhaul.batch.quiet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * When a window has to be over.
 *
 * @param limit how long it was given
 */
record Deadline(Clock clock, Instant at, Duration limit) {

	static Deadline in(Clock clock, Duration limit) {
		return new Deadline(clock, clock.instant().plus(limit), limit);
	}

	/**
	 * What is left for something that may take so long.
	 * @throws RefusedRequest if nothing is left
	 */
	Duration leftFor(Duration timeout, String what) {
		Duration left = Duration.between(clock.instant(), at);
		if (left.isNegative() || left.isZero()) {
			throw new RefusedRequest(FailureCode.NOT_QUIET,
					"the window of %d s was over before %s".formatted(limit.toSeconds(), what),
					"look why it took so long, or give the profile a longer 'timeout'");
		}
		return (left.compareTo(timeout) < 0) ? left : timeout;
	}

}
