package dev.longhaul.scheduler.page.picture;

import java.time.Instant;

/**
 * A figure at a time.
 */
public record Sample(Instant at, double value) {

	public Sample {
		if (!Double.isFinite(value) || value < 0) {
			throw new IllegalArgumentException("no picture shows " + value);
		}
	}

}
