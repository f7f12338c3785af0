package dev.longhaul.scheduler.page.run;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One step of a run, in the order they are done in.
 *
 * @param startedAt null if it has not begun
 * @param endedAt null if it has not ended
 */
public record Step(String name, RunState state, @Nullable Instant startedAt, @Nullable Instant endedAt) {

	/** How long it took, or takes until now; null if it has not begun. */
	public @Nullable Duration took(Instant now) {
		return took(startedAt, endedAt, now);
	}

	static @Nullable Duration took(@Nullable Instant startedAt, @Nullable Instant endedAt, Instant now) {
		return (startedAt == null) ? null : Duration.between(startedAt, (endedAt != null) ? endedAt : now);
	}

}
