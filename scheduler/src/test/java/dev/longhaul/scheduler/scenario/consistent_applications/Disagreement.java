package dev.longhaul.scheduler.scenario.consistent_applications;

/**
 * Something in a restore point that the application would not find right.
 *
 * @param what names the file, or says what the database says of itself
 */
record Disagreement(Kind kind, String what) {

	enum Kind {

		DATABASE_DAMAGED, ROW_WITHOUT_FILE, FILE_WITHOUT_ROW, OTHER_CONTENT

	}

}
