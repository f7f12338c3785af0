package dev.longhaul.core.verdict;

/**
 * The three answers. Each has a shape besides any colour, the same everywhere; unknown
 * never looks like holds.
 */
public enum Answer {

	HOLDS("●"), FAILS("✕"), UNKNOWN("◌");

	private final String symbol;

	Answer(String symbol) {
		this.symbol = symbol;
	}

	public String symbol() {
		return symbol;
	}

}
