package dev.longhaul.scheduler.run;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;

/**
 * How far a run has come, and what came of it.
 */
public sealed interface RunOutcome {

	/** It was asked for, and others are in its way. */
	record Waiting() implements RunOutcome {
	}

	/** It is under way. */
	record Running() implements RunOutcome {
	}

	/** Everything was done, and everything that was read back is proven. */
	record Proven() implements RunOutcome {
	}

	/** It was run to its end, and not everything is as it should be. */
	record Unproven() implements RunOutcome {
	}

	/** It could not begin, or not be run to its end. */
	record Failed(FailureCode code, String fact, String hint) implements RunOutcome {

		/** Of whatever was thrown. */
		static Failed of(Throwable failure) {
			if (failure instanceof LonghaulException known) {
				return new Failed(known.code(), known.fact(), known.hint());
			}
			return new Failed(FailureCode.INTERNAL_ERROR,
					"unexpected %s: %s".formatted(failure.getClass().getSimpleName(), failure.getMessage()),
					"the log of the server says more; nothing is known to be damaged");
		}

	}

	/** Somebody wanted it to end, and nobody goes on with it. */
	record Cancelled(String who) implements RunOutcome {
	}

	/** The program ended before it did; the next start goes on with it. */
	record Interrupted() implements RunOutcome {
	}

	/** Whether nothing more comes of it. */
	default boolean isOver() {
		return !(this instanceof Waiting || this instanceof Running);
	}

	/** As it is kept and shown. */
	default String word() {
		return kind().word();
	}

	/** The outcome without its details. */
	default Kind kind() {
		if (this instanceof Waiting) {
			return Kind.WAITING;
		}
		if (this instanceof Running) {
			return Kind.RUNNING;
		}
		if (this instanceof Proven) {
			return Kind.PROVEN;
		}
		if (this instanceof Unproven) {
			return Kind.UNPROVEN;
		}
		if (this instanceof Failed) {
			return Kind.FAILED;
		}
		return (this instanceof Cancelled) ? Kind.CANCELLED : Kind.INTERRUPTED;
	}

	/** For whoever looks for runs by their outcome. */
	enum Kind {

		WAITING("waiting"), RUNNING("running"), PROVEN("proven"), UNPROVEN("unproven"), FAILED("failed"),
		CANCELLED("cancelled"), INTERRUPTED("interrupted");

		private final String word;

		Kind(String word) {
			this.word = word;
		}

		public String word() {
			return word;
		}

	}

}
