package dev.longhaul.batch.check;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a check from being run, on this machine or on this volume.
 */
final class Impossible {

	private Impossible() {
	}

	static RefusedRequest because(String fact, String hint) {
		return because(fact, hint, null);
	}

	static RefusedRequest because(String fact, String hint, @Nullable Throwable cause) {
		return new RefusedRequest(FailureCode.CHECK_IMPOSSIBLE, fact, hint, cause);
	}

}
