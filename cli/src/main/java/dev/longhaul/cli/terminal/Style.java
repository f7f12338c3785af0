package dev.longhaul.cli.terminal;

import java.util.Map;

/**
 * Colour, where it is wanted. It only repeats what a shape or a word says already.
 *
 * @param coloured whether to colour at all
 */
public record Style(boolean coloured) {

	/**
	 * @param environment {@code NO_COLOR}, set to anything but nothing, switches colour
	 * off
	 */
	public static Style of(Terminal terminal, Map<String, String> environment) {
		return new Style(terminal.output() && environment.getOrDefault("NO_COLOR", "").isEmpty());
	}

	public String strong(String text) {
		return paint("1", text);
	}

	public String faint(String text) {
		return paint("2", text);
	}

	public String good(String text) {
		return paint("32", text);
	}

	public String bad(String text) {
		return paint("31", text);
	}

	public String uncertain(String text) {
		return paint("33", text);
	}

	private String paint(String code, String text) {
		return coloured ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
	}

}
