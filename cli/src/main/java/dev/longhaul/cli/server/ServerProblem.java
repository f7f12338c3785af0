package dev.longhaul.cli.server;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;

/**
 * Why a server has not done what was asked, out of its problem document (RFC 9457), as a
 * failure of this program.
 */
final class ServerProblem {

	private static final int LONGEST = 2000;

	private static final int TOO_MANY = 429;

	private static final int UNAVAILABLE = 503;

	private static final int ANSWER_LOST = 504;

	/** What the server suggests to programs. */
	private static final Pattern LISTING = Pattern.compile("GET /api/v1/(jobs|runs|tokens) lists");

	private ServerProblem() {
	}

	/** Empty if the document is none. */
	static Optional<LonghaulException> of(int status, byte[] document) {
		return JsonTree.read(document)
			.filter(Map.class::isInstance)
			.map(tree -> new Fields((Map<?, ?>) tree))
			.filter(fields -> !fields.textOrEmpty("code").isEmpty() && !fields.textOrEmpty("detail").isEmpty())
			.map(fields -> failure(status, fields));
	}

	private static LonghaulException failure(int status, Fields fields) {
		String word = fields.textOrEmpty("code");
		FailureCode code = code(word, status);
		String fact = shortened(code.name().equals(word) ? fields.textOrEmpty("detail")
				: "%s (%s)".formatted(fields.textOrEmpty("detail"), word)) + more(fields);
		String hint = hint(code, fields);
		return switch (status) {
			case TOO_MANY, UNAVAILABLE -> new TransientFailure(code, fact, hint);
			case ANSWER_LOST -> new OutcomeUnknown(code, fact, hint);
			default -> new RefusedRequest(code, fact, hint);
		};
	}

	/** A newer server may know more codes than this program. */
	private static FailureCode code(String word, int status) {
		return Arrays.stream(FailureCode.values())
			.filter(known -> known.name().equals(word))
			.findFirst()
			.orElse((status < 500) ? FailureCode.INVALID_USAGE : FailureCode.INTERNAL_ERROR);
	}

	private static String more(Fields fields) {
		int mistakes = fields.objects("problems").size();
		return (mistakes > 1) ? "; and %d more".formatted(mistakes - 1) : "";
	}

	private static String hint(FailureCode code, Fields fields) {
		if (code == FailureCode.NOT_AUTHENTICATED) {
			return "--token-file or LONGHAUL_TOKEN_FILE names the file with a token; "
					+ "'longhaul-server token create' makes one";
		}
		String hint = LISTING.matcher(fields.textOrEmpty("hint")).replaceAll("longhaul remote $1 list shows");
		return hint.isEmpty() ? "the server's log may say more" : shortened(hint);
	}

	private static String shortened(String text) {
		return (text.length() <= LONGEST) ? text : text.substring(0, LONGEST) + "…";
	}

}
