package dev.longhaul.scheduler.web;

import dev.longhaul.core.failure.FailureCode;

/**
 * The problems of requests that are wrong whatever they ask for, by their status.
 */
public final class StatusProblems {

	/** A hint for programs. */
	static final String DOCUMENT = "GET /api/v1/openapi.json says what every address takes";

	private StatusProblems() {
	}

	/**
	 * @param status of the kind 4xx
	 * @param detail of this request, without a secret of it
	 */
	public static Problem of(int status, String detail) {
		return switch (status) {
			case 401 -> Problem.of(FailureCode.NOT_AUTHENTICATED, status, detail,
					"send a token: 'Authorization: Bearer lh_…'; 'longhaul-server token create' makes one");
			case 403 -> Problem.of(FailureCode.NOT_ALLOWED, status, detail,
					"use a token with the scope that is needed; GET /api/v1/me says which this one has");
			case 404 -> Problem.of(FailureCode.NOT_FOUND, status, detail, DOCUMENT);
			case 413 -> Problem.of(FailureCode.INVALID_USAGE, status, detail, "send less at once");
			case 429 -> Problem.of(FailureCode.TOO_MANY_CALLS, status, detail, "wait as long as Retry-After says");
			default -> Problem.of(FailureCode.INVALID_USAGE, status, detail, DOCUMENT);
		};
	}

	/** Of a mistake of ours: what it was is in the log, and nowhere else. */
	public static Problem internal() {
		return Problem.of(FailureCode.INTERNAL_ERROR, 500, "this request failed, and it is not its fault",
				"look for the instance of this problem in the server's log");
	}

}
