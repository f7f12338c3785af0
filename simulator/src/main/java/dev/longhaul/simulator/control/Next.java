package dev.longhaul.simulator.control;

import java.time.Duration;
import java.util.Optional;

/**
 * When a controller wants to look at an object again, besides whenever it changes.
 */
public final class Next {

	private static final Next ON_CHANGE = new Next(Duration.ofSeconds(-1));

	private final Duration delay;

	private Next(Duration delay) {
		this.delay = delay;
	}

	/** Only when something changes. */
	public static Next onChange() {
		return ON_CHANGE;
	}

	public static Next after(Duration delay) {
		return new Next(delay);
	}

	Optional<Duration> delay() {
		return delay.isNegative() ? Optional.empty() : Optional.of(delay);
	}

}
