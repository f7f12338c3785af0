package dev.longhaul.core.failure;

import org.jspecify.annotations.Nullable;

/**
 * A change was asked for and the answer was lost: it may or may not have happened. Look
 * again before doing anything else, and never clean up on this.
 */
public final class OutcomeUnknown extends LonghaulException {

	private static final long serialVersionUID = 1L;

	public OutcomeUnknown(FailureCode code, String fact, String hint) {
		this(code, fact, hint, null);
	}

	public OutcomeUnknown(FailureCode code, String fact, String hint, @Nullable Throwable cause) {
		super(code, fact, hint, cause);
	}

}
