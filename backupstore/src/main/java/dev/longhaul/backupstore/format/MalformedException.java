package dev.longhaul.backupstore.format;

/**
 * A file of the backupstore is not what its format says. The message says what was
 * expected and what was there, and holds nothing of the file but short excerpts.
 */
public final class MalformedException extends Exception {

	private static final long serialVersionUID = 1L;

	public MalformedException(String message) {
		super(message);
	}

	public MalformedException(String message, Throwable cause) {
		super(message, cause);
	}

}
