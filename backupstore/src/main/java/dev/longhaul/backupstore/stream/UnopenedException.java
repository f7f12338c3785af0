package dev.longhaul.backupstore.stream;

/**
 * The key at hand is not one for this lock. Not for who knows nothing of age: those get
 * an {@link OpenedDocument}.
 */
final class UnopenedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnopenedException(String reason) {
		super(reason);
	}

}
