package dev.longhaul.core.volume;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in the file system of a volume, from its top: {@code db.sqlite3},
 * {@code data/gitea.db}. Where a pod mounts the volume does not matter.
 */
public record VolumePath(String value) {

	/** Far more than any application needs, and no tool cuts it off. */
	private static final int MOST_CHARACTERS = 1000;

	/**
	 * @throws IllegalArgumentException if it could mean anything else than one place
	 * within the volume
	 */
	public VolumePath {
		if (value.isEmpty() || value.length() > MOST_CHARACTERS) {
			throw new IllegalArgumentException(
					"a path in a volume has 1 to %d characters, not %d".formatted(MOST_CHARACTERS, value.length()));
		}
		if (value.codePoints().anyMatch(Character::isISOControl)) {
			throw new IllegalArgumentException("a path in a volume has no control characters");
		}
		for (String name : value.split("/", -1)) {
			if (name.isEmpty() || name.equals(".") || name.equals("..")) {
				throw new IllegalArgumentException(
						"'%s' is no path from the top of a volume; write it as data/db.sqlite3".formatted(value));
			}
		}
	}

	/** A file beside this one, whose name is longer by a suffix. */
	public VolumePath beside(String suffix) {
		return new VolumePath(value + suffix);
	}

	/** The directories it lies in, from the top, and then itself. */
	public List<VolumePath> steps() {
		List<VolumePath> steps = new ArrayList<>();
		for (int slash = value.indexOf('/'); slash >= 0; slash = value.indexOf('/', slash + 1)) {
			steps.add(new VolumePath(value.substring(0, slash)));
		}
		steps.add(this);
		return steps;
	}

	@Override
	public String toString() {
		return value;
	}

}
