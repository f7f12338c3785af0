package dev.longhaul.simulator.kubelet;

import org.jspecify.annotations.Nullable;

/**
 * A container cannot begin yet. A kubelet says why in the container's status and tries
 * again until the pod is deleted.
 */
final class NotReadyException extends Exception {

	private static final long serialVersionUID = 1L;

	private final String reason;

	/**
	 * @param reason the word a kubelet has for it, such as {@code CreateContainerError}
	 */
	NotReadyException(String reason, String message) {
		this(reason, message, null);
	}

	NotReadyException(String reason, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.reason = reason;
	}

	String reason() {
		return reason;
	}

	String message() {
		return String.valueOf(getMessage());
	}

}
