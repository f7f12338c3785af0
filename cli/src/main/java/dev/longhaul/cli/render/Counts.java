package dev.longhaul.cli.render;

import java.util.List;

/**
 * Numbers of things, and lists of them, in words.
 */
final class Counts {

	private static final int NAMED = 5;

	private Counts() {
	}

	/** {@code 1 backup}, {@code 4 backups}. */
	static String of(long count, String thing) {
		return count + " " + thing + ((count == 1) ? "" : "s");
	}

	/** {@code a, b and c}; no more than a few by name. */
	static String list(List<String> names) {
		if (names.size() == 1) {
			return names.get(0);
		}
		if (names.size() > NAMED) {
			return String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
		}
		int last = names.size() - 1;
		return String.join(", ", names.subList(0, last)) + " and " + names.get(last);
	}

}
