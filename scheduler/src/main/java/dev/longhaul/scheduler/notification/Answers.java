package dev.longhaul.scheduler.notification;

import java.util.Collection;

import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;

/**
 * Several answers in one, and clauses in words: two of them share a digit.
 */
final class Answers {

	private Answers() {
	}

	/** Fails before unknown before holds. */
	static Answer worst(Collection<Answer> answers) {
		if (answers.contains(Answer.FAILS)) {
			return Answer.FAILS;
		}
		return answers.contains(Answer.UNKNOWN) ? Answer.UNKNOWN : Answer.HOLDS;
	}

	static String words(Clause clause) {
		return switch (clause) {
			case COPIES -> "3 copies";
			case MEDIA -> "2 media";
			case AWAY -> "1 away";
			case IMMUTABLE -> "1 immutable";
			case ERRORS -> "0 errors";
		};
	}

	static String word(Answer answer) {
		return switch (answer) {
			case HOLDS -> "holds";
			case FAILS -> "fails";
			case UNKNOWN -> "is unknown";
		};
	}

}
