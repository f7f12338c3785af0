package dev.longhaul.backupstore.object;

/**
 * An object is larger than what its place in the format allows, so it is not read at all.
 */
public final class ObjectTooLargeException extends Exception {

	private static final long serialVersionUID = 1L;

	ObjectTooLargeException(String key, long size, long limit) {
		super("%s has %d bytes, more than the %d its kind can have".formatted(key, size, limit));
	}

}
