package dev.longhaul.core.failure;

import org.jspecify.annotations.Nullable;

/**
 * May succeed if tried again later, a bounded number of times. Nothing was changed, and
 * nothing is known about what was asked for: unreachable is not absent.
 */
public final class TransientFailure extends LonghaulException {

	private static final long serialVersionUID = 1L;

	public TransientFailure(FailureCode code, String fact, String hint) {
		this(code, fact, hint, null);
	}

	public TransientFailure(FailureCode code, String fact, String hint, @Nullable Throwable cause) {
		super(code, fact, hint, cause);
	}

}
