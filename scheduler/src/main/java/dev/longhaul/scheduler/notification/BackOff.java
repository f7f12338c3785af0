package dev.longhaul.scheduler.notification;

import java.time.Duration;

/**
 * How long to wait before the next attempt: ten seconds first, then twice as long each
 * time, up to half an hour.
 */
final class BackOff {

	static final Duration FIRST = Duration.ofSeconds(10);

	static final Duration LONGEST = Duration.ofMinutes(30);

	/** Whatever the other side asks for: it may ask for years. */
	static final Duration LONGEST_ASKED = Duration.ofHours(1);

	private static final int DOUBLINGS = 8;

	private BackOff() {
	}

	/**
	 * @param attempts that came to nothing, at least one
	 * @param asked what the other side asks for; zero for nothing
	 */
	static Duration after(int attempts, Duration asked) {
		Duration usual = FIRST.multipliedBy(1L << Math.min(DOUBLINGS, Math.max(0, attempts - 1)));
		Duration bounded = shorter(usual, LONGEST);
		Duration polite = shorter(asked, LONGEST_ASKED);
		return (polite.compareTo(bounded) > 0) ? polite : bounded;
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
