package dev.longhaul.core.retention;

import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Proof.Proven;
import dev.longhaul.core.verdict.Proof.Refuted;

/**
 * What is known of a restore point on one target.
 */
public sealed interface Condition {

	/**
	 * {@code proven}, {@code refuted}, {@code unread}, {@code unfinished} or
	 * {@code gone}.
	 */
	String word();

	/** All its backups were finished. */
	record Complete(Proof proof) implements Condition {

		@Override
		public String word() {
			if (proof instanceof Proven) {
				return "proven";
			}
			return (proof instanceof Refuted) ? "refuted" : "unread";
		}

	}

	/**
	 * A backup of it is missing or was never finished.
	 *
	 * @param why for people
	 */
	record Unfinished(String why) implements Condition {

		@Override
		public String word() {
			return "unfinished";
		}

	}

	/**
	 * None of its backups is there any more, and exports that were kept beside them are:
	 * its removal was interrupted, or somebody else deleted the backups.
	 */
	record Gone() implements Condition {

		@Override
		public String word() {
			return "gone";
		}

	}

}
