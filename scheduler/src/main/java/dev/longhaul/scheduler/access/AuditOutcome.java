package dev.longhaul.scheduler.access;

/**
 * What came of something that somebody wanted.
 */
public enum AuditOutcome {

	DONE("done"),

	/** The caller may not, or asked for what cannot be. Nothing was changed. */
	REFUSED("refused"),

	/** It was allowed and did not work out. */
	FAILED("failed");

	private final String word;

	AuditOutcome(String word) {
		this.word = word;
	}

	public String word() {
		return word;
	}

}
