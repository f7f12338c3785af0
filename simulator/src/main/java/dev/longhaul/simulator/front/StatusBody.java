package dev.longhaul.simulator.front;

import java.util.Map;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Kubernetes' {@code Status}, the form of every answer that is not the object asked for.
 */
final class StatusBody {

	private static final Map<Integer, String> REASONS = Map.of(400, "BadRequest", 401, "Unauthorized", 403, "Forbidden",
			404, "NotFound", 409, "Conflict", 429, "TooManyRequests", 500, "InternalError", 503, "ServiceUnavailable",
			504, "Timeout");

	private StatusBody() {
	}

	static void answer(HttpServerRequest request, int httpStatus, String message) {
		request.resume();
		request.response()
			.setStatusCode(httpStatus)
			.putHeader("Content-Type", "application/json")
			.end(ofFailure(httpStatus, message));
	}

	static Buffer ofFailure(int httpStatus, String message) {
		return failure(httpStatus, message).toBuffer();
	}

	/** How a command ended, as the error channel of an exec says it. */
	static Buffer ofExit(int exitCode) {
		if (exitCode == 0) {
			return status("Success").toBuffer();
		}
		JsonObject cause = new JsonObject().put("reason", "ExitCode").put("message", Integer.toString(exitCode));
		return status("Failure").put("message", "command terminated with non-zero exit code: exit status " + exitCode)
			.put("reason", "NonZeroExitCode")
			.put("details", new JsonObject().put("causes", new JsonArray().add(cause)))
			.toBuffer();
	}

	/** Why a command never began, as the error channel of an exec says it. */
	static Buffer ofRefusal(NodeRefusal refusal) {
		return failure(refusal.httpStatus(), refusal.message()).toBuffer();
	}

	private static JsonObject failure(int httpStatus, String message) {
		return status("Failure").put("message", message)
			.put("reason", REASONS.getOrDefault(httpStatus, "Unknown"))
			.put("code", httpStatus);
	}

	private static JsonObject status(String status) {
		return new JsonObject().put("kind", "Status")
			.put("apiVersion", "v1")
			.put("metadata", new JsonObject())
			.put("status", status);
	}

}
