package dev.longhaul.restore.ext4;

/**
 * Something in a file system is not what it has to be. The message is a part of a
 * sentence, fit to follow a path and a colon.
 */
public final class Ext4Damage extends Exception {

	private static final long serialVersionUID = 1L;

	Ext4Damage(String message) {
		super(message);
	}

	/** {@link #getMessage()}, which is never null. */
	public String words() {
		return String.valueOf(getMessage());
	}

}
