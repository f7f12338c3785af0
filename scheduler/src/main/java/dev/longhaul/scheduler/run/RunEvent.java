package dev.longhaul.scheduler.run;

import java.time.Instant;

/**
 * Something that happened in a run, for whoever watches it.
 *
 * @param number counted from 1 without gaps
 */
public record RunEvent(long number, Instant at, Body body) {

	/** What happened. */
	public sealed interface Body {

		/** A line of the log. */
		record Said(RunLine line) implements Body {
		}

		/**
		 * A piece of work is so far.
		 *
		 * @param subject an application, or {@code application/volume}
		 * @param of zero if nobody knows yet
		 * @param bytes moved by it so far; zero if nobody knows
		 */
		record Progressed(String subject, Work work, long done, long of, long bytes) implements Body {
		}

		/** A step has begun, or is over. */
		record Stepped(RunStep step) implements Body {
		}

		/** The run is over; nothing follows. */
		record Ended(RunOutcome outcome) implements Body {
		}

	}

	/** A kind of work, and what it is counted in. */
	public enum Work {

		UPLOAD("upload", "%"), READ_BACK("read back", "blocks"), CHECK("check", "applications"),
		VERIFICATION("verification", "restore points");

		private final String word;

		private final String unit;

		Work(String word, String unit) {
			this.word = word;
			this.unit = unit;
		}

		public String word() {
			return word;
		}

		public String unit() {
			return unit;
		}

	}

}
