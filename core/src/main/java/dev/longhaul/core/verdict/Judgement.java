package dev.longhaul.core.verdict;

/**
 * One clause, its answer, and what the answer rests on.
 */
public record Judgement(Clause clause, Answer answer, String evidence) {

	public Judgement {
		if (evidence.isBlank()) {
			throw new IllegalArgumentException("a judgement on " + clause + " needs its evidence");
		}
	}

}
