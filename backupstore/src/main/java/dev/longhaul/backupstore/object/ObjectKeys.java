package dev.longhaul.backupstore.object;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * The rule for keys that every store enforces before it sends anything.
 */
public final class ObjectKeys {

	/** The longest key S3 and Backblaze B2 accept, in bytes of UTF-8. */
	public static final int MAX_BYTES = 1024;

	/**
	 * The order of a listing: by the bytes of UTF-8. It differs from the order of
	 * {@link String}s where a character outside the basic plane meets one near its end.
	 */
	public static final Comparator<String> ORDER = ObjectKeys::compare;

	private ObjectKeys() {
	}

	/**
	 * @return the key itself
	 * @throws IllegalArgumentException if it could leave its place in a directory or is
	 * longer than a store accepts
	 */
	public static String require(String key) {
		if (key.isEmpty() || key.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
			throw new IllegalArgumentException("a key has 1 to " + MAX_BYTES + " bytes: '" + key + "'");
		}
		for (String segment : key.split("/", -1)) {
			if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || segment.indexOf('\0') >= 0) {
				throw new IllegalArgumentException("a key has no empty, '.' or '..' segment: '" + key + "'");
			}
		}
		return key;
	}

	private static int compare(String first, String second) {
		int common = Math.min(first.length(), second.length());
		for (int i = 0; i < common; i++) {
			char one = first.charAt(i);
			char other = second.charAt(i);
			if (one != other) {
				boolean surrogate = Character.isSurrogate(one);
				if (surrogate == Character.isSurrogate(other)) {
					return Character.compare(one, other);
				}
				return surrogate ? 1 : -1;
			}
		}
		return Integer.compare(first.length(), second.length());
	}

}
