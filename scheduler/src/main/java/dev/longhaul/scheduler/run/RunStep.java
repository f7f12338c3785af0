package dev.longhaul.scheduler.run;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A step of a run, for whoever wants to know how far it is.
 *
 * @param subject what it is done with, such as an application; empty for the run as a
 * whole
 * @param name what is done, unique within its subject
 * @param started null if it has not begun, or nobody knows when
 * @param ended null if it is not over
 * @param note what came of it, for people; empty if there is nothing to say
 * @param bytes moved by it; zero if none were, or nobody knows
 */
public record RunStep(String subject, String name, State state, @Nullable Instant started, @Nullable Instant ended,
		String note, long bytes) {

	/** How far a step is. */
	public enum State {

		WAITING, RUNNING, DONE, FAILED,

		/** It was tried, and nobody knows what it would have shown. */
		UNKNOWN,

		/** The run ended before it did. */
		INTERRUPTED,

		/** It was not done, and will not be. */
		SKIPPED;

		/** Whether nothing more comes of it. */
		public boolean isOver() {
			return this != WAITING && this != RUNNING;
		}

	}

	/** One that is still to be done. */
	static RunStep of(String subject, String name) {
		return new RunStep(subject, name, State.WAITING, null, null, "", 0);
	}

	RunStep begun(Instant now) {
		return new RunStep(subject, name, State.RUNNING, now, null, note, bytes);
	}

	RunStep over(State state, String note, long bytes, Instant now) {
		return new RunStep(subject, name, state, started, now, note, bytes);
	}

	/** What it is now that its run is over. */
	public RunStep after(RunOutcome outcome, @Nullable Instant now) {
		if (state == State.WAITING) {
			return new RunStep(subject, name, State.SKIPPED, null, null, note, bytes);
		}
		if (state != State.RUNNING) {
			return this;
		}
		State last = (outcome instanceof RunOutcome.Failed) ? State.FAILED
				: (outcome instanceof RunOutcome.Cancelled || outcome instanceof RunOutcome.Interrupted)
						? State.INTERRUPTED : State.DONE;
		return new RunStep(subject, name, last, started, now, note, bytes);
	}

}
