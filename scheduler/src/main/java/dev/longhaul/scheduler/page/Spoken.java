package dev.longhaul.scheduler.page;

import java.util.List;
import java.util.Locale;

import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.scheduler.wording.Wording;

/**
 * What shapes and values are called by who reads them aloud.
 */
public final class Spoken {

	private Spoken() {
	}

	/** {@code holds}, {@code fails}, {@code unknown}. */
	public static String of(Answer answer) {
		return answer.name().toLowerCase(Locale.ROOT);
	}

	/** {@code 3 copies}, {@code 0 errors}. */
	public static String of(Clause clause) {
		return clause.digit() + " " + clause.name().toLowerCase(Locale.ROOT);
	}

	/** The answer a copy's proof gives. */
	public static Answer answer(Proof proof) {
		if (proof instanceof Proof.Proven) {
			return Answer.HOLDS;
		}
		return (proof instanceof Proof.Refuted) ? Answer.FAILS : Answer.UNKNOWN;
	}

	/** {@code read back 24 blocks, 41.0 MiB; 3 checks passed}. */
	public static String of(Proof proof) {
		if (proof instanceof Proof.Proven proven) {
			return "read back %s, %s%s".formatted(Wording.count(proven.blocks(), "block"), proven.read(),
					checks(proven.checks()));
		}
		return (proof instanceof Proof.Refuted refuted) ? refuted.finding() : ((Proof.Unread) proof).reason();
	}

	private static String checks(List<CheckResult> checks) {
		long passed = checks.stream().filter(CheckResult.Passed.class::isInstance).count();
		long notRun = checks.size() - passed;
		return ((passed > 0) ? "; %s passed".formatted(Wording.count(passed, "check")) : "")
				+ ((notRun > 0) ? "; %s not run".formatted(Wording.count(notRun, "check")) : "");
	}

}
