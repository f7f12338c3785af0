package dev.longhaul.scheduler.run;

import java.time.Instant;

import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a job, as it is remembered. Several attempts at one night have the
 * same job and instant.
 *
 * @param kind null if it could not begin because its job is not declared
 * @param attempt counted from 1 among those of the same job and instant
 * @param revision of the Git repository that declares the job; null if it is not known
 * yet
 * @param started null if it has not begun
 * @param ended null if it is not over
 * @param figures null if it is not over, or was not carried out
 */
public record RunRecord(RunId id, JobName job, @Nullable RunKind kind, Instant scheduledFor, int attempt,
		RunCause cause, @Nullable String revision, @Nullable Instant started, @Nullable Instant ended,
		RunOutcome outcome, @Nullable RunFigures figures) {

	/** What it is known by in cluster and bucket. */
	public Night night() {
		return new Night(job, scheduledFor);
	}

	/** The order by which it begins. */
	public RunOrder order() {
		return new RunOrder(job, scheduledFor, cause, id);
	}

	RunRecord begun(@Nullable RunKind kind, String revision, Instant now) {
		return new RunRecord(id, job, kind, scheduledFor, attempt, cause, revision, now, null, new RunOutcome.Running(),
				null);
	}

	RunRecord over(RunOutcome outcome, Instant now) {
		return over(outcome, null, now);
	}

	RunRecord over(RunOutcome outcome, @Nullable RunFigures figures, Instant now) {
		return new RunRecord(id, job, kind, scheduledFor, attempt, cause, revision, started, now, outcome, figures);
	}

}
