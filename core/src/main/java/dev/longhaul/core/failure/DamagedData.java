package dev.longhaul.core.failure;

import org.jspecify.annotations.Nullable;

/**
 * What was read contradicts its own checksum or form. Reading again does not help;
 * another copy may.
 */
public final class DamagedData extends LonghaulException {

	private static final long serialVersionUID = 1L;

	public DamagedData(FailureCode code, String fact, String hint) {
		this(code, fact, hint, null);
	}

	public DamagedData(FailureCode code, String fact, String hint, @Nullable Throwable cause) {
		super(code, fact, hint, cause);
	}

}
