package dev.longhaul.core.verdict;

import java.time.Instant;

/**
 * What became of one check of an application's data, as it was read back.
 */
public sealed interface CheckResult {

	/** What was to be checked, and where; for people. */
	String what();

	/** It was run, and all was well. */
	record Passed(String what, Instant at) implements CheckResult {
	}

	/** It was run, and something was wrong. */
	record Failed(String what, Instant at, String finding) implements CheckResult {
	}

	/** It could not be run, or not to its end: nothing is shown by it. */
	record NotRun(String what, String reason) implements CheckResult {
	}

}
