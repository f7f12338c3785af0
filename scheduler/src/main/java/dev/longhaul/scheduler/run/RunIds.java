package dev.longhaul.scheduler.run;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * Makes ids that sort in the order in which they were made, also within one millisecond
 * and when the clock is moved back.
 */
final class RunIds {

	/** RFC 9562 leaves so many bits beside the milliseconds to whoever makes the id. */
	private static final int COUNTER_BITS = 12;

	private final Clock clock;

	private final SecureRandom random = new SecureRandom();

	/** Milliseconds, and a counter below them. */
	private long last;

	RunIds(Clock clock) {
		this.clock = clock;
	}

	synchronized RunId next() {
		last = Math.max(clock.millis() << COUNTER_BITS, last + 1);
		long counter = last & ((1 << COUNTER_BITS) - 1);
		long high = (last >>> COUNTER_BITS << 16) | 0x7000 | counter;
		long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
		return new RunId(new UUID(high, low).toString());
	}

}
