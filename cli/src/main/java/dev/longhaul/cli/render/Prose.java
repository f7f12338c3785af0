package dev.longhaul.cli.render;

import dev.longhaul.core.text.Printable;

/**
 * Text that is broken between words where the terminal ends. A word that is longer than a
 * line, such as a key, stays whole: it can then be copied.
 */
final class Prose {

	private Prose() {
	}

	/**
	 * @param width 0 if lines may have any length
	 * @param indent of every line
	 */
	static String of(String text, String indent, int width) {
		String printable = Printable.of(text);
		if (width == 0) {
			return indent + printable;
		}
		StringBuilder prose = new StringBuilder(indent);
		int column = indent.length();
		for (String word : printable.split(" ", -1)) {
			int length = word.codePointCount(0, word.length());
			if (column > indent.length() && column + 1 + length > width) {
				prose.append('\n').append(indent);
				column = indent.length();
			}
			else if (column > indent.length()) {
				prose.append(' ');
				column++;
			}
			prose.append(word);
			column += length;
		}
		return prose.toString();
	}

}
