package dev.longhaul.scheduler.page.run;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One step of a run, in the order they are done in.
 *
 * @param subject what it is done with, such as an application; empty for the whole run
 * @param startedAt null if it has not begun
 * @param endedAt null if it has not ended
 * @param note what came of it; empty if there is nothing to say
 */
public record Step(String subject, String name, RunState state, @Nullable Instant startedAt, @Nullable Instant endedAt,
		String note) {

	/** How long it took, or takes until now; null if it has not begun. */
	public @Nullable Duration took(Instant now) {
		return took(startedAt, endedAt, now);
	}

	static @Nullable Duration took(@Nullable Instant startedAt, @Nullable Instant endedAt, Instant now) {
		return (startedAt == null) ? null : Duration.between(startedAt, (endedAt != null) ? endedAt : now);
	}

}
