package dev.longhaul.batch.backup;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;

/**
 * A failure as it is kept and shown.
 */
public record FailureNote(FailureCode code, String fact, String hint) {

	static FailureNote of(LonghaulException failure) {
		return new FailureNote(failure.code(), failure.fact(), failure.hint());
	}

}
