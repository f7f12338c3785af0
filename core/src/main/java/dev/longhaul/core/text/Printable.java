package dev.longhaul.core.text;

/**
 * Makes text from outside harmless to a terminal: names and messages come out of buckets
 * that others may write to.
 */
public final class Printable {

	private Printable() {
	}

	/**
	 * The text with every character that moves the cursor, colours, breaks the line or
	 * turns the direction of writing replaced by its code.
	 */
	public static String of(String text) {
		StringBuilder printable = new StringBuilder(text.length());
		text.codePoints().forEach(c -> {
			if (isHarmless(c)) {
				printable.appendCodePoint(c);
			}
			else {
				printable.append("\\u%04x".formatted(c));
			}
		});
		return printable.toString();
	}

	private static boolean isHarmless(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

}
