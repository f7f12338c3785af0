package dev.longhaul.cli.terminal;

import java.util.Map;
import java.util.Properties;

/**
 * What is known of the terminal. The JVM cannot tell which of its streams is one; the
 * script that starts it can, and says so in system properties.
 *
 * @param output whether somebody looks at standard output, which may then be coloured
 * @param errors whether somebody looks at standard error, where progress may then be
 * drawn
 * @param width in columns; 0 if lines may have any length
 */
public record Terminal(boolean output, boolean errors, int width) {

	/** Nobody looks: output goes to files and other programs. */
	public static final Terminal NONE = new Terminal(false, false, 0);

	/** Narrower than this, nothing could be laid out. */
	private static final int LEAST_WIDTH = 40;

	/**
	 * @param properties {@code longhaul.terminal} and {@code longhaul.terminal.output}
	 * are {@code true} where standard error and standard output are a terminal, of
	 * {@code longhaul.columns} columns
	 */
	public static Terminal of(Properties properties, Map<String, String> environment) {
		if ("dumb".equals(environment.get("TERM"))) {
			return NONE;
		}
		boolean errors = Boolean.parseBoolean(properties.getProperty("longhaul.terminal"));
		boolean output = Boolean.parseBoolean(properties.getProperty("longhaul.terminal.output"));
		int width = columns(properties.getProperty("longhaul.columns", ""));
		return new Terminal(output, errors, (output || errors) ? width : 0);
	}

	private static int columns(String text) {
		boolean plausible = text.matches("[1-9][0-9]{0,3}");
		return plausible ? Math.max(LEAST_WIDTH, Integer.parseInt(text)) : 0;
	}

}
