package dev.longhaul.scheduler.site;

import java.util.Map;
import java.util.Objects;

import dev.longhaul.scheduler.page.run.RunRow;
import dev.longhaul.scheduler.page.run.RunState;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.run.RunRecord;

/**
 * Runs as the pages of their jobs list them.
 */
final class JobRuns {

	/** One that has not proven everything has not done what it was for. */
	private static final Map<RunOutcome.Kind, RunState> STATES = Map.of(RunOutcome.Kind.WAITING, RunState.WAITING,
			RunOutcome.Kind.RUNNING, RunState.RUNNING, RunOutcome.Kind.PROVEN, RunState.SUCCEEDED,
			RunOutcome.Kind.UNPROVEN, RunState.FAILED, RunOutcome.Kind.FAILED, RunState.FAILED,
			RunOutcome.Kind.CANCELLED, RunState.CANCELLED, RunOutcome.Kind.INTERRUPTED, RunState.INTERRUPTED);

	private JobRuns() {
	}

	static RunRow row(RunRecord run) {
		return new RunRow(run.id().value(), run.job(), (run.kind() != null) ? run.kind().word() : "",
				cause(run.cause()), run.scheduledFor(), run.started(), run.ended(),
				Objects.requireNonNull(STATES.get(run.outcome().kind())), null,
				(run.outcome() instanceof RunOutcome.Failed failed) ? failed.code() : null);
	}

	private static String cause(RunCause cause) {
		String by = cause.by();
		if (by != null) {
			return (cause instanceof RunCause.After) ? "after " + by : by;
		}
		return (cause instanceof RunCause.Recovered) ? "restart" : "schedule";
	}

}
