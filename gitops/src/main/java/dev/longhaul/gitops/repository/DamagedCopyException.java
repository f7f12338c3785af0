package dev.longhaul.gitops.repository;

/**
 * Our own copy of the repository cannot be used as it is. It holds nothing that cannot be
 * asked of the server again, so this never reaches anybody outside.
 */
final class DamagedCopyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DamagedCopyException(Throwable cause) {
		super(String.valueOf(cause.getMessage()), cause);
	}

}
