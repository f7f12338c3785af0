package dev.longhaul.cli.option;

/**
 * For whom a report is written.
 */
public enum OutputFormat {

	/** For people. */
	TEXT,

	/** For machines: exactly one document. */
	JSON;

	/**
	 * Reads the word of the command line.
	 * @throws IllegalArgumentException if it is neither
	 */
	public static OutputFormat parse(String word) {
		return switch (word) {
			case "text" -> TEXT;
			case "json" -> JSON;
			default -> throw new IllegalArgumentException("'" + word + "' is neither text nor json");
		};
	}

}
