package dev.longhaul.core.failure;

import org.jspecify.annotations.Nullable;

/**
 * Will be refused again until somebody changes the request, the configuration or the
 * permissions. Never retried.
 */
public final class RefusedRequest extends LonghaulException {

	private static final long serialVersionUID = 1L;

	public RefusedRequest(FailureCode code, String fact, String hint) {
		this(code, fact, hint, null);
	}

	public RefusedRequest(FailureCode code, String fact, String hint, @Nullable Throwable cause) {
		super(code, fact, hint, cause);
	}

}
