package dev.longhaul.scheduler.page.run;

import dev.longhaul.core.verdict.Answer;

/**
 * How far a run or one of its steps is.
 */
public enum RunState {

	WAITING("waiting", Answer.UNKNOWN), RUNNING("running", Answer.UNKNOWN), SUCCEEDED("succeeded", Answer.HOLDS),
	FAILED("failed", Answer.FAILS), CANCELLED("cancelled", Answer.UNKNOWN), INTERRUPTED("interrupted", Answer.UNKNOWN),
	SKIPPED("skipped", Answer.UNKNOWN),

	/** Everything was done, and everything that was read back is as it should be. */
	PROVEN("proven", Answer.HOLDS),

	/** It was done, and not everything is as it should be. */
	UNPROVEN("unproven", Answer.FAILS),

	/** It was tried, and nobody knows what it would have shown. */
	UNKNOWN("unknown", Answer.UNKNOWN);

	private final String word;

	private final Answer answer;

	RunState(String word, Answer answer) {
		this.word = word;
		this.answer = answer;
	}

	public String word() {
		return word;
	}

	/** The shape it has. */
	public Answer answer() {
		return answer;
	}

	public boolean isTerminal() {
		return this != WAITING && this != RUNNING;
	}

}
