package dev.longhaul.core.volume;

import java.util.regex.Pattern;

/**
 * The rule for names that become part of keys in a backupstore: Longhorn's own pattern,
 * which also keeps a hostile name from leaving its folder.
 */
public final class StoredName {

	/** Names in the store are folder and file names; no Kubernetes name is longer. */
	public static final int MAX_LENGTH = 253;

	private static final Pattern PATTERN = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");

	private StoredName() {
	}

	public static boolean isValid(String name) {
		return name.length() <= MAX_LENGTH && PATTERN.matcher(name).matches();
	}

	/**
	 * @param kind what is named, for the message
	 * @return the name itself
	 * @throws IllegalArgumentException if Longhorn would not accept it
	 */
	public static String require(String kind, String name) {
		if (!isValid(name)) {
			throw new IllegalArgumentException("'%s' is not a %s name: it must match %s and have at most %d characters"
				.formatted(name, kind, PATTERN, MAX_LENGTH));
		}
		return name;
	}

}
