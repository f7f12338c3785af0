package dev.longhaul.scheduler.notification;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.scheduler.wording.VerdictTable.Row;

/**
 * An application whose clauses are answered otherwise than before.
 *
 * @param before of every clause
 */
public record VerdictChange(Map<Clause, Answer> before, Row now) {

	public VerdictChange {
		before = Map.copyOf(before);
		if (before.equals(now.answers())) {
			throw new IllegalArgumentException("the verdict of %s has not changed".formatted(now.application()));
		}
	}

	/** Empty if every clause is answered as before. */
	static Optional<VerdictChange> between(Map<Clause, Answer> before, Row now) {
		return before.equals(now.answers()) ? Optional.empty() : Optional.of(new VerdictChange(before, now));
	}

	/** The clauses with another answer than before. */
	List<Clause> clauses() {
		return Arrays.stream(Clause.values()).filter(clause -> before.get(clause) != answer(clause)).toList();
	}

	Answer answer(Clause clause) {
		return now.answers().getOrDefault(clause, Answer.UNKNOWN);
	}

	/** The worst of the answers that are new. */
	Answer worst() {
		return Answers.worst(clauses().stream().map(this::answer).toList());
	}

	/** {@code ● 1 away ✕}: from what to what. */
	String describe(Clause clause) {
		return "%s %s %s".formatted(before.getOrDefault(clause, Answer.UNKNOWN).symbol(), Answers.words(clause),
				answer(clause).symbol());
	}

}
