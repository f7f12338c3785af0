package dev.longhaul.core.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import dev.longhaul.core.failure.Interruption;

/**
 * A bounded wait: how often to look and when to give up.
 *
 * @param interval between two looks
 * @param limit after which the wait ends without an answer
 */
public record Patience(Duration interval, Duration limit) {

	public Patience {
		if (interval.isNegative() || interval.isZero()) {
			throw new IllegalArgumentException("interval must be positive, not " + interval);
		}
		if (limit.isNegative()) {
			throw new IllegalArgumentException("limit must not be negative, not " + limit);
		}
	}

	/**
	 * Looks until there is an answer. Looks at least once, and once more when the limit
	 * is reached.
	 * @param look answers empty while there is nothing to report; its exceptions end the
	 * wait
	 * @return the answer, or empty if the limit was reached first
	 * @throws Interruption if the thread is told to stop
	 */
	public <T> Optional<T> await(Clock clock, Pause pause, String what, Supplier<Optional<T>> look) {
		Instant deadline = clock.instant().plus(limit);
		while (true) {
			boolean last = !clock.instant().isBefore(deadline);
			Optional<T> answer = look.get();
			if (answer.isPresent() || last) {
				return answer;
			}
			pauseBeforeNextLook(pause, what);
		}
	}

	private void pauseBeforeNextLook(Pause pause, String what) {
		try {
			pause.of(interval);
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "waiting for " + what);
		}
	}

}
