package dev.longhaul.batch.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;

/**
 * Asks again where asking twice is asking once, after failures that may pass, for a
 * bounded time.
 */
public final class Perseverance {

	private final Clock clock;

	private final Pause pause;

	private final Patience patience;

	/**
	 * @param pause ends early when the program is told to stop
	 */
	public Perseverance(Clock clock, Pause pause, Patience patience) {
		this.clock = clock;
		this.pause = pause;
		this.patience = patience;
	}

	/** The same for a shorter time, where something else ends earlier. */
	Perseverance within(Duration limit) {
		Duration shorter = (limit.compareTo(patience.limit()) < 0) ? limit : patience.limit();
		return new Perseverance(clock, pause, new Patience(patience.interval(), shorter));
	}

	/**
	 * @param what for the message if the thread is told to stop
	 * @throws LonghaulException the last failure, once the time is over; any other
	 * failure at once
	 */
	public <T> T ask(String what, Supplier<T> question) {
		Instant deadline = clock.instant().plus(patience.limit());
		while (true) {
			boolean last = !clock.instant().isBefore(deadline);
			try {
				return question.get();
			}
			catch (TransientFailure | OutcomeUnknown ex) {
				if (last) {
					throw ex;
				}
			}
			try {
				pause.of(patience.interval());
			}
			catch (InterruptedException ex) {
				throw Interruption.of(ex, what);
			}
		}
	}

}
