package dev.longhaul.scheduler.page.run;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job.
 *
 * @param kind of its job, such as {@code backup}
 * @param cause what began it, for people: {@code schedule}, {@code anna}
 * @param startedAt null if it has not begun, or never could
 * @param endedAt null if it has not ended
 * @param moved bytes backed up or read; null if it moves none
 * @param code of its failure; null if it has none
 */
public record RunRow(String id, JobName job, String kind, String cause, Instant scheduledFor,
		@Nullable Instant startedAt, @Nullable Instant endedAt, RunState state, @Nullable ByteSize moved,
		@Nullable FailureCode code) {

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

	public RunRow {
		if (!ID.matcher(id).matches()) {
			throw new IllegalArgumentException("'%s' is no id of a run".formatted(id));
		}
	}

	public String href() {
		return "/runs/" + id;
	}

	/** How long it took, or takes until now; null if it has not begun. */
	public @Nullable Duration took(Instant now) {
		return Step.took(startedAt, endedAt, now);
	}

	String words() {
		return String.join(" ", id, job.value(), kind, cause, state.word(), (code != null) ? code.name() : "");
	}

	long bytes() {
		return (moved != null) ? moved.bytes() : -1;
	}

}
