package dev.longhaul.core.job;

/**
 * What becomes of a run that could not start when it was due: the server was down, or it
 * was a time of {@link Blackout}.
 */
public enum Misfire {

	/** It runs once as soon as it may, however many were missed. */
	RUN_ONCE("run-once"),

	/** It is left out; the next one runs when it is due. */
	SKIP("skip");

	private final String word;

	Misfire(String word) {
		this.word = word;
	}

	/** As it is written in definitions. */
	public String word() {
		return word;
	}

}
