package dev.longhaul.backupstore.object;

import java.nio.charset.StandardCharsets;

/**
 * The rule for keys that every store enforces before it sends anything.
 */
public final class ObjectKeys {

	/** The longest key S3 and Backblaze B2 accept, in bytes of UTF-8. */
	public static final int MAX_BYTES = 1024;

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

}
