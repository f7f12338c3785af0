package dev.longhaul.scheduler.web;

import java.time.Duration;
import java.util.Optional;

import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.TransientFailure;

/**
 * What a failure is to a caller over HTTP. The type of a failure says what to do next,
 * and so does a status.
 */
final class FailureProblems {

	/** Before a caller should try again what may work then. */
	private static final Duration RETRY = Duration.ofSeconds(30);

	/** Calls are counted by the minute. */
	private static final Duration MINUTE = Duration.ofMinutes(1);

	private FailureProblems() {
	}

	static Problem of(LonghaulException failure) {
		return Problem.of(failure.code(), status(failure), failure.fact(), failure.hint());
	}

	/** When to try again; empty if that does not help. */
	static Optional<Duration> retryAfter(LonghaulException failure) {
		if (failure.code() == FailureCode.TOO_MANY_CALLS) {
			return Optional.of(MINUTE);
		}
		return (failure instanceof TransientFailure || failure instanceof Interruption) ? Optional.of(RETRY)
				: Optional.empty();
	}

	private static int status(LonghaulException failure) {
		if (failure.code() == FailureCode.TOO_MANY_CALLS) {
			return 429;
		}
		if (failure instanceof TransientFailure || failure instanceof Interruption) {
			return 503;
		}
		if (failure instanceof DamagedData) {
			return 502;
		}
		return (failure instanceof OutcomeUnknown) ? 504 : refused(failure);
	}

	private static int refused(LonghaulException refusal) {
		return switch (refusal.code()) {
			case NOT_AUTHENTICATED -> 401;
			case NOT_ALLOWED -> 403;
			case NOT_FOUND, JOB_NOT_FOUND, RUN_NOT_FOUND, VOLUME_NOT_FOUND, BACKUP_NOT_FOUND, EXPORT_NOT_FOUND -> 404;
			case INVALID_USAGE -> 400;
			case INVALID_DEFINITION -> 422;
			// Somebody behind this server refused it, not the caller.
			case TARGET_REFUSED, CLUSTER_REFUSED, GIT_REFUSED, BUCKET_NOT_FOUND, TARGET_MISBEHAVED -> 502;
			// What is asked for does not fit what there is now.
			default -> 409;
		};
	}

}
