package dev.longhaul.core.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure a person can act on: the fact with its values, and a hint with the next step.
 * The subtype says what the caller may do next.
 * <p>
 * Neither fact nor hint ever holds a secret.
 */
public abstract sealed class LonghaulException extends RuntimeException
		permits TransientFailure, RefusedRequest, DamagedData, OutcomeUnknown, Interruption {

	private static final long serialVersionUID = 1L;

	private final FailureCode code;

	private final String hint;

	LonghaulException(FailureCode code, String fact, String hint, @Nullable Throwable cause) {
		super(fact, cause);
		this.code = code;
		this.hint = hint;
	}

	public FailureCode code() {
		return code;
	}

	/** What happened, with the values it happened to. */
	public String fact() {
		return String.valueOf(getMessage());
	}

	/** What to do next; a command where there is one. */
	public String hint() {
		return hint;
	}

}
