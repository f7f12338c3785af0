package dev.longhaul.restore.check;

/**
 * What came of one check of a restored application.
 */
public sealed interface CheckAnswer {

	/** What was to be checked, for people. */
	String what();

	/** In a line, for people. */
	String told();

	/**
	 * All was well.
	 *
	 * @param evidence what was seen
	 */
	record Passed(String what, String evidence) implements CheckAnswer {

		@Override
		public String told() {
			return "%s: %s".formatted(what, evidence);
		}

	}

	/**
	 * Something is wrong.
	 *
	 * @param hint what to do next
	 */
	record Failed(String what, String why, String hint) implements CheckAnswer {

		@Override
		public String told() {
			return "%s failed: %s".formatted(what, why);
		}

	}

	/** Nothing is shown, for whatever reason. */
	record NotChecked(String what, String reason) implements CheckAnswer {

		@Override
		public String told() {
			return "%s was not checked: %s".formatted(what, reason);
		}

	}

}
