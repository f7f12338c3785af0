package dev.longhaul.batch.check;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.text.Spans;

/**
 * When the checks of one volume have to be over.
 *
 * @param limit how long they were given
 */
record TimeLimit(Clock clock, Instant end, Duration limit) {

	static TimeLimit of(Duration limit, Clock clock) {
		return new TimeLimit(clock, clock.instant().plus(limit), limit);
	}

	boolean isOver() {
		return clock.instant().isAfter(end);
	}

	/**
	 * @param doing what takes so long, for a sentence
	 * @throws TransientFailure if it is over
	 */
	void require(String doing) {
		if (isOver()) {
			throw over(doing);
		}
	}

	TransientFailure over(String doing) {
		return new TransientFailure(FailureCode.TIMED_OUT,
				"%s was not over within %s".formatted(doing, Spans.coarse(limit)),
				"give it more with longhaul.checks.timeout");
	}

}
