package dev.longhaul.backupstore.inventory;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The names that somebody may have meant by one that is not there.
 */
public final class NearNames {

	private static final int MEANT = 3;

	private static final int LISTED = 5;

	private final List<String> names;

	/**
	 * @param names those that are there
	 */
	public NearNames(Collection<String> names) {
		this.names = names.stream().sorted().toList();
	}

	/** A hint for somebody who asked for a name that is not among these. */
	public String hint(String asked) {
		if (names.isEmpty()) {
			return "there is none at all";
		}
		List<String> near = names.stream()
			.filter(name -> isNear(asked, name))
			.sorted(Comparator.comparingInt(name -> distance(asked, name)))
			.limit(MEANT)
			.toList();
		if (!near.isEmpty()) {
			return near.stream()
				.map(name -> "'" + name + "'")
				.collect(Collectors.joining(" or ", "did you mean ", "?"));
		}
		String listed = names.stream().limit(LISTED).collect(Collectors.joining(", ", "there are: ", ""));
		return (names.size() > LISTED) ? listed + ", … (" + names.size() + " in all)" : listed;
	}

	private static boolean isNear(String asked, String name) {
		return name.startsWith(asked) || distance(asked, name) <= Math.max(2, name.length() / 4);
	}

	/**
	 * How many characters were left out, added, changed or exchanged with their
	 * neighbour.
	 */
	private static int distance(String asked, String name) {
		int[] twoBack = new int[name.length() + 1];
		int[] back = new int[name.length() + 1];
		for (int j = 0; j <= name.length(); j++) {
			back[j] = j;
		}
		for (int i = 1; i <= asked.length(); i++) {
			int[] current = new int[name.length() + 1];
			current[0] = i;
			for (int j = 1; j <= name.length(); j++) {
				int change = back[j - 1] + ((asked.charAt(i - 1) == name.charAt(j - 1)) ? 0 : 1);
				current[j] = Math.min(change, 1 + Math.min(back[j], current[j - 1]));
				if (i > 1 && j > 1 && asked.charAt(i - 1) == name.charAt(j - 2)
						&& asked.charAt(i - 2) == name.charAt(j - 1)) {
					current[j] = Math.min(current[j], twoBack[j - 2] + 1);
				}
			}
			twoBack = back;
			back = current;
		}
		return back[name.length()];
	}

}
