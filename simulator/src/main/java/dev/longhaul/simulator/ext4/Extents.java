package dev.longhaul.simulator.ext4;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in the image the blocks of a file lie, in the order of the file; what no run
 * names is a hole.
 */
record Extents(List<Run> runs) {

	static final Extents NONE = new Extents(List.of());

	/**
	 * Level, entries, logical range, physical range, length:
	 * {@code  0/ 0   1/  1     0 -    24   8193 -  8217     25}.
	 */
	private static final Pattern LEAF = Pattern
		.compile("\\s*\\d+/\\s*\\d+\\s+\\d+/\\s*\\d+\\s+(\\d+)\\s+-\\s+\\d+\\s+(\\d+)\\s+-\\s+\\d+\\s+(\\d+).*");

	Extents {
		runs = List.copyOf(runs);
	}

	/**
	 * @param lines what debugfs prints for {@code dump_extents -l}
	 */
	static Extents parse(List<String> lines) {
		List<Run> runs = new ArrayList<>();
		for (String line : lines) {
			Matcher leaf = LEAF.matcher(line);
			if (leaf.matches()) {
				runs.add(new Run(Long.parseLong(leaf.group(1)), Long.parseLong(leaf.group(2)),
						Long.parseLong(leaf.group(3))));
			}
		}
		return new Extents(runs);
	}

	/**
	 * A run of blocks.
	 *
	 * @param logical number of its first block within the file
	 * @param physical number of its first block within the image
	 */
	record Run(long logical, long physical, long length) {
	}

}
