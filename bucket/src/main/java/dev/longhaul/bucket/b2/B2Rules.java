package dev.longhaul.bucket.b2;

import java.util.Map;
import java.util.Optional;

import dev.longhaul.bucket.call.Call;
import dev.longhaul.bucket.call.ErrorAnswer;
import dev.longhaul.bucket.call.Operation;

/**
 * What B2 refuses and other S3 endpoints accept. The wording of the refusal of a header
 * is the one users report (boto/s3transfer#327).
 */
final class B2Rules {

	private static final String UNSUPPORTED_PREFIX = "x-amz-checksum-";

	private static final String[] UNSUPPORTED = { "x-amz-tagging", "x-amz-sdk-checksum-algorithm", "x-amz-trailer" };

	private B2Rules() {
	}

	static Optional<ErrorAnswer> refusal(Call call) {
		Map<String, String> headers = call.headers();
		for (String name : headers.keySet()) {
			if (name.startsWith(UNSUPPORTED_PREFIX)) {
				return unsupported(name);
			}
		}
		for (String name : UNSUPPORTED) {
			if (headers.containsKey(name)) {
				return unsupported(name);
			}
		}
		if (headers.getOrDefault("x-amz-content-sha256", "").endsWith("-TRAILER")) {
			return invalidArgument("Unsupported value of header 'x-amz-content-sha256' received for this API call.");
		}
		if (call.operation() == Operation.DELETE_OBJECTS && !headers.containsKey("content-md5")) {
			return Optional
				.of(new ErrorAnswer(400, "InvalidRequest", "Missing required header for this request: Content-MD5"));
		}
		return Optional.empty();
	}

	private static Optional<ErrorAnswer> unsupported(String header) {
		return invalidArgument("Unsupported header '" + header + "' received for this API call.");
	}

	private static Optional<ErrorAnswer> invalidArgument(String message) {
		return Optional.of(new ErrorAnswer(400, "InvalidArgument", message));
	}

}
