package dev.longhaul.restore.kit;

/**
 * A kit of a version that this program does not know. It is not read in part: what it
 * holds more may be what matters.
 */
final class NewerKitException extends Exception {

	private static final long serialVersionUID = 1L;

	NewerKitException(long version, int newest) {
		super("the kit is of version %d; this program knows version %d".formatted(version, newest));
	}

}
