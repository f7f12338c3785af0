package dev.longhaul.core.verdict;

/**
 * The five clauses of 3-2-1-1-0, in reading order.
 */
public enum Clause {

	/** Three copies, the live volume being one. */
	COPIES("3"),

	/** On two kinds of media. */
	MEDIA("2"),

	/** One of them at another site. */
	AWAY("1"),

	/** One of them immutable. */
	IMMUTABLE("1"),

	/** No errors when the newest restore point was read back. */
	ERRORS("0");

	private final String digit;

	Clause(String digit) {
		this.digit = digit;
	}

	public String digit() {
		return digit;
	}

}
