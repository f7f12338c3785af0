package dev.longhaul.scheduler.rest;

import java.time.Instant;

import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunFigures;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.run.RunRecord;
import org.jspecify.annotations.Nullable;

/**
 * A run as callers see it.
 *
 * @param kind null if its job is not declared
 * @param scheduledFor the instant that the run is known by in cluster and bucket
 * @param revision of the repository that declares the job; null if it is not known yet
 * @param startedAt null if it has not begun
 * @param endedAt null if it is not over
 * @param cancelledBy null if nobody has cancelled it
 * @param failure null if it did not fail
 * @param figures null if it is not over, or was not carried out
 */
record RunView(String id, String job, @Nullable String kind, Instant scheduledFor, int attempt, CauseView cause,
		@Nullable String revision, Instant askedAt, @Nullable Instant startedAt, @Nullable Instant endedAt,
		String outcome, @Nullable String cancelledBy, @Nullable FailureView failure, @Nullable RunFigures figures) {

	/**
	 * @param by the person or the job; null where the word says all
	 */
	record CauseView(String kind, @Nullable String by) {

		static CauseView of(RunCause cause) {
			return new CauseView(cause.word(), cause.by());
		}

	}

	/**
	 * Why it could not begin, or not be run to its end.
	 */
	record FailureView(String code, String fact, String hint) {

		/** Null if it did not fail. */
		static @Nullable FailureView of(RunOutcome outcome) {
			return (outcome instanceof RunOutcome.Failed failed)
					? new FailureView(failed.code().name(), failed.fact(), failed.hint()) : null;
		}

	}

	static RunView of(RunRecord run) {
		RunOutcome outcome = run.outcome();
		return new RunView(run.id().value(), run.job().value(), (run.kind() != null) ? run.kind().word() : null,
				run.scheduledFor(), run.attempt(), CauseView.of(run.cause()), run.revision(), run.id().askedAt(),
				run.started(), run.ended(), outcome.word(),
				(outcome instanceof RunOutcome.Cancelled cancelled) ? cancelled.who() : null, FailureView.of(outcome),
				run.figures());
	}

}
