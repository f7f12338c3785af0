package dev.longhaul.scheduler.notification;

import java.time.Duration;
import java.util.List;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.kit.KitStanding;
import dev.longhaul.core.run.Night;

/**
 * Something that may be worth telling.
 */
public sealed interface Occasion {

	/** What kind it is. */
	Event event();

	/** A run began, or goes on after a restart. */
	record RunStarted(Night run) implements Occasion {

		@Override
		public Event event() {
			return Event.RUN_STARTED;
		}

	}

	/** A run came to its end, and nothing of it failed. */
	record RunSucceeded(Night run, Duration took, LogTail log) implements Occasion {

		@Override
		public Event event() {
			return Event.RUN_SUCCEEDED;
		}

	}

	/** A run, or a part of it, failed, or it could not start. */
	record RunFailed(Night run, FailureCode code, String fact, String hint, LogTail log) implements Occasion {

		public static RunFailed of(Night run, LonghaulException failure, LogTail log) {
			return new RunFailed(run, failure.code(), failure.fact(), failure.hint(), log);
		}

		@Override
		public Event event() {
			return Event.RUN_FAILED;
		}

	}

	/** Clauses of applications are answered otherwise than was last told. */
	record VerdictChanged(List<VerdictChange> changes) implements Occasion {

		public VerdictChanged {
			changes = List.copyOf(changes);
			if (changes.isEmpty()) {
				throw new IllegalArgumentException("no verdict has changed");
			}
		}

		@Override
		public Event event() {
			return Event.VERDICT_CHANGED;
		}

	}

	/** The recovery kit holds other credentials than those in force. */
	record KitOutdated(KitStanding.Outdated kit) implements Occasion {

		@Override
		public Event event() {
			return Event.KIT_OUTDATED;
		}

	}

	/** It is time for the table of all verdicts. */
	record Digest(Standing standing) implements Occasion {

		@Override
		public Event event() {
			return Event.DIGEST;
		}

	}

	/** Somebody wants to see whether messages arrive. */
	record Test() implements Occasion {

		@Override
		public Event event() {
			return Event.TEST;
		}

	}

}
