package dev.longhaul.backupstore.image;

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
 * @param hint what to do about it once it is over
 */
public record TimeLimit(Clock clock, Instant end, Duration limit, String hint) {

	public static TimeLimit of(Duration limit, Clock clock, String hint) {
		return new TimeLimit(clock, clock.instant().plus(limit), limit, hint);
	}

	public boolean isOver() {
		return clock.instant().isAfter(end);
	}

	/**
	 * @param doing what takes so long, for a sentence
	 * @throws TransientFailure if it is over
	 */
	public void require(String doing) {
		if (isOver()) {
			throw over(doing);
		}
	}

	public TransientFailure over(String doing) {
		return new TransientFailure(FailureCode.TIMED_OUT,
				"%s was not over within %s".formatted(doing, Spans.coarse(limit)), hint);
	}

}
