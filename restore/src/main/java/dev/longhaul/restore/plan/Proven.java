package dev.longhaul.restore.plan;

import dev.longhaul.core.verdict.Proof;

/**
 * What is known of a backup that would be restored.
 */
public enum Proven {

	YES("proven"), NO("damaged"), UNKNOWN("unproven");

	private final String word;

	Proven(String word) {
		this.word = word;
	}

	/** In a word, for people. */
	public String word() {
		return word;
	}

	static Proven of(Proof proof) {
		if (proof instanceof Proof.Proven) {
			return YES;
		}
		return (proof instanceof Proof.Refuted) ? NO : UNKNOWN;
	}

}
