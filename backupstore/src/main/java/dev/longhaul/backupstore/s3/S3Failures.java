package dev.longhaul.backupstore.s3;

import java.io.IOException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import javax.net.ssl.SSLException;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Says what a failure of the SDK means for the caller, in the words of S3 and B2.
 */
final class S3Failures {

	/** B2 refuses signatures that are further off than this. */
	private static final Duration TOLERATED_SKEW = Duration.ofMinutes(15);

	private static final Set<String> BUSY = Set.of("InternalError", "ServiceUnavailable", "SlowDown");

	private static final int LONGEST_MESSAGE = 300;

	private final S3Settings settings;

	private final Clock clock;

	S3Failures(S3Settings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * @param attempt what was attempted, as in "could not ..."
	 */
	LonghaulException of(SdkException cause, String attempt) {
		if (cause instanceof AbortedException || Thread.currentThread().isInterrupted()) {
			// Callers further out must notice too, and the SDK may have cleared it.
			Thread.currentThread().interrupt();
			return new Interruption("interrupted while trying to %s in %s".formatted(attempt, settings.describe()));
		}
		if (cause instanceof S3Exception answer && answer.statusCode() > 0) {
			return ofAnswer(answer, "could not %s in %s: %s".formatted(attempt, settings.describe(), words(answer)));
		}
		return ofSilence(cause,
				"could not %s in %s at %s".formatted(attempt, settings.describe(), settings.endpoint()));
	}

	/**
	 * An answer that is success by its status and not what was asked for by its content.
	 */
	RefusedRequest notS3(String attempt, String contradiction) {
		return notS3(attempt, contradiction, null);
	}

	private RefusedRequest notS3(String attempt, String contradiction, @Nullable Throwable cause) {
		return new RefusedRequest(FailureCode.TARGET_MISBEHAVED,
				"could not %s in %s: %s answered, but not as S3 does: %s".formatted(attempt, settings.describe(),
						settings.endpoint(), contradiction),
				"check that the endpoint is the S3 endpoint of the store and that no proxy answers for it", cause);
	}

	private LonghaulException ofAnswer(S3Exception answer, String fact) {
		int status = answer.statusCode();
		if ((status >= 500 && status != 501) || status == 429 || status == 408 || isBusyAfterAll(answer)) {
			return new TransientFailure(FailureCode.TARGET_UNREACHABLE, fact + attempts(answer),
					"the store is busy or out of order; try again in a few minutes", answer);
		}
		return switch (codeOf(answer)) {
			case "NoSuchBucket" -> new RefusedRequest(FailureCode.BUCKET_NOT_FOUND, fact,
					"check the bucket's name, and that it lies in the region of the endpoint", answer);
			case "InvalidAccessKeyId" -> refused(fact, "check the key id; B2 needs an application key, not the master "
					+ "key, and one that was not deleted", answer);
			case "SignatureDoesNotMatch", "RequestTimeTooSkewed", "RequestExpired" ->
				refused(fact, hintOnSignature(answer), answer);
			case "AuthorizationHeaderMalformed", "PermanentRedirect", "TemporaryRedirect",
					"IllegalLocationConstraintException" ->
				refused(fact, "the region '%s' is not the bucket's; B2's is the second label of its endpoint"
					.formatted(settings.region()), answer);
			case "AccessDenied" -> ofAccessDenied(answer, fact);
			default -> isFromS3(answer) ? refused(fact, "the store refuses this kind of call; see what it says", answer)
					: new RefusedRequest(FailureCode.TARGET_MISBEHAVED, fact,
							"check that the endpoint is the S3 endpoint of the store and that no proxy answers for it",
							answer);
		};
	}

	private LonghaulException ofAccessDenied(S3Exception answer, String fact) {
		if (isCapExceeded(answer)) {
			return new RefusedRequest(FailureCode.B2_CAP_EXCEEDED, fact,
					"the cap is reset at 00:00 UTC, in %s; until then only raising it under 'Caps & Alerts' of the "
						.formatted(untilMidnight()) + "Backblaze account helps",
					answer);
		}
		return refused(fact, "the key may not do this; in B2 it needs listBuckets, listFiles and readFiles for the "
				+ "bucket, and writeFiles and deleteFiles to change it", answer);
	}

	/**
	 * S3 begins its answer to the completion of an upload before it knows whether that
	 * will succeed, and says in the body if it did not.
	 */
	static boolean isBusyAfterAll(SdkServiceException answer) {
		return answer.statusCode() == 200 && answer instanceof S3Exception s3 && BUSY.contains(codeOf(s3));
	}

	/** Parts are gone once an upload is complete, and while it becomes so. */
	static boolean isOfLostParts(SdkException answer) {
		return answer instanceof S3Exception s3 && codeOf(s3).equals("InvalidPart");
	}

	/** B2 has no code of its own for it. */
	static boolean isCapExceeded(S3Exception answer) {
		return messageOf(answer).toLowerCase(Locale.ROOT).contains("cap exceeded");
	}

	private String untilMidnight() {
		Instant now = clock.instant();
		Instant midnight = now.atOffset(ZoneOffset.UTC)
			.toLocalDate()
			.plusDays(1)
			.atStartOfDay()
			.toInstant(ZoneOffset.UTC);
		Duration left = Duration.between(now, midnight);
		return "%d h %02d min".formatted(left.toHours(), left.toMinutesPart());
	}

	private String hintOnSignature(S3Exception answer) {
		Optional<Duration> skew = Optional.ofNullable(answer.awsErrorDetails())
			.map(AwsErrorDetails::sdkHttpResponse)
			.flatMap(S3Failures::dateOf)
			.map(date -> Duration.between(date, clock.instant()));
		if (skew.isPresent() && skew.get().abs().compareTo(TOLERATED_SKEW) > 0) {
			return "the clock of this machine is %d min off the store's; correct it".formatted(skew.get().toMinutes());
		}
		return "check the secret of the key; a blank or a line end copied along is enough to spoil it";
	}

	private LonghaulException ofSilence(SdkException cause, String fact) {
		if (S3Clients.isCausedBy(cause, UnknownHostException.class)) {
			return unreachable(fact + ": no such host", "check the endpoint, and name resolution on this machine",
					cause);
		}
		if (S3Clients.isCausedBy(cause, CertificateException.class)) {
			return new RefusedRequest(FailureCode.TARGET_MISBEHAVED,
					fact + ": nobody trusted vouches for its certificate: " + rootOf(cause),
					"check the endpoint; give the store's own certificate authority as AWS_CERT", cause);
		}
		if (S3Clients.isCausedBy(cause, SSLException.class)) {
			return unreachable(fact + ": TLS failed: " + rootOf(cause) + attempts(cause),
					"check that the endpoint's port speaks HTTPS", cause);
		}
		if (S3Clients.isCausedBy(cause, IOException.class) || cause.retryable()) {
			return unreachable(fact + ": " + rootOf(cause) + attempts(cause),
					"check the endpoint and the network, then try again", cause);
		}
		return new RefusedRequest(FailureCode.TARGET_MISBEHAVED, fact + ": its answer cannot be read: " + rootOf(cause),
				"check that the endpoint is the S3 endpoint of the store and that no proxy answers for it", cause);
	}

	private static TransientFailure unreachable(String fact, String hint, SdkException cause) {
		return new TransientFailure(FailureCode.TARGET_UNREACHABLE, fact, hint, cause);
	}

	private static RefusedRequest refused(String fact, String hint, S3Exception answer) {
		return new RefusedRequest(FailureCode.TARGET_REFUSED, fact, hint, answer);
	}

	/** By the store's clock; empty if it does not say. */
	static Optional<Instant> dateOf(SdkHttpResponse response) {
		try {
			return response.firstMatchingHeader("Date")
				.map(DateTimeFormatter.RFC_1123_DATE_TIME::parse)
				.map(Instant::from);
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

	/** S3 names every error; a web server or a proxy in its place does not. */
	private static boolean isFromS3(S3Exception answer) {
		return !codeOf(answer).isEmpty() && answer.awsErrorDetails().errorMessage() != null;
	}

	static String codeOf(S3Exception answer) {
		AwsErrorDetails details = answer.awsErrorDetails();
		return (details == null || details.errorCode() == null) ? "" : details.errorCode();
	}

	private static String messageOf(S3Exception answer) {
		AwsErrorDetails details = answer.awsErrorDetails();
		return (details == null || details.errorMessage() == null) ? "" : printable(details.errorMessage());
	}

	/** What a store said of a call, or of one object. */
	static String words(S3Exception answer) {
		return "%d %s: %s".formatted(answer.statusCode(), printable(codeOf(answer)), messageOf(answer)).strip();
	}

	private static String attempts(SdkException cause) {
		Integer attempts = cause.numAttempts();
		return (attempts == null || attempts < 2) ? "" : " (" + attempts + " attempts)";
	}

	private static String rootOf(Throwable failure) {
		Throwable root = failure;
		for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
			root = root.getCause();
		}
		return printable((root.getMessage() == null) ? root.getClass().getSimpleName() : root.getMessage());
	}

	/** What a server says is shown to people, so it is kept short and on one line. */
	private static String printable(String said) {
		String line = said.replaceAll("\\p{Cntrl}+", " ").strip();
		return (line.length() <= LONGEST_MESSAGE) ? line : line.substring(0, LONGEST_MESSAGE) + "...";
	}

}
