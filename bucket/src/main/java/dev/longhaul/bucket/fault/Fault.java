package dev.longhaul.bucket.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.longhaul.bucket.call.ErrorAnswer;

/**
 * What goes wrong with one call. Words and status codes of the answers are those that
 * users of B2 report.
 */
public sealed interface Fault {

	/** B2's rate limit; only this one may say when to come back. */
	static Fault slowDown(Duration retryAfter) {
		return new Answer(503, "application/xml",
				new ErrorAnswer(503, "SlowDown", "Please reduce your request rate.").document(),
				Map.of("Retry-After", Long.toString(retryAfter.toSeconds())));
	}

	/** A pod of B2 that has no room: normal, and gone on another connection. */
	static Fault noTomes() {
		return error(503, "ServiceUnavailable", "no tomes available");
	}

	static Fault internalError() {
		return error(500, "InternalError", "An internal error occurred. Please retry your request.");
	}

	/** A daily cap of the account is used up. */
	static Fault transactionCapExceeded() {
		return error(403, "AccessDenied", "Transaction cap exceeded");
	}

	static Fault downloadCapExceeded() {
		return error(403, "AccessDenied", "Download cap exceeded");
	}

	/** The key lacks a capability. */
	static Fault accessDenied() {
		return error(403, "AccessDenied", "not entitled");
	}

	static Fault unknownKeyId() {
		return error(403, "InvalidAccessKeyId", "The key 'unknown' is not valid");
	}

	static Fault wrongSignature() {
		return error(403, "SignatureDoesNotMatch", "Signature validation failed");
	}

	static Fault error(int status, String code, String message) {
		return new Answer(status, "application/xml", new ErrorAnswer(status, code, message).document(), Map.of());
	}

	/**
	 * Answers without asking the store.
	 *
	 * @param headers besides the content type
	 */
	record Answer(int status, String contentType, String body, Map<String, String> headers) implements Fault {

		public Answer {
			headers = Map.copyOf(headers);
		}

		@Override
		public String toString() {
			return "answer " + status + " " + body.replaceAll("\\s+", " ").strip();
		}

	}

	/** Sends the head and so many bytes of the body, then ends the connection. */
	record CutBody(long afterBytes) implements Fault {
	}

	/** Resets the connection instead of answering; the store is not asked. */
	record Reset() implements Fault {
	}

	/** Lets the store do the work, then ends the connection without its answer. */
	record LoseAnswer() implements Fault {
	}

	/** Goes on as usual after a while. */
	record Delay(Duration delay) implements Fault {
	}

	/** Sends the head and so many bytes of the body, then nothing more. */
	record Stall(long afterBytes) implements Fault {
	}

	/** Never answers, and keeps the connection. */
	record Silence() implements Fault {
	}

	/** Answers as usual with the clock of another time. */
	record WrongDate(Instant date) implements Fault {
	}

}
