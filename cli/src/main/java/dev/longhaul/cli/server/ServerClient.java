package dev.longhaul.cli.server;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.time.Pause;
import org.jspecify.annotations.Nullable;

/**
 * Calls a server, one call at a time.
 */
public final class ServerClient {

	private static final int ATTEMPTS = 3;

	private final ServerAddress address;

	private final BearerToken token;

	private final Bounds bounds;

	private final Pause pause;

	private final HttpClient http;

	/**
	 * How long a call may last.
	 *
	 * @param look of one that changes nothing
	 * @param change of one that may push a commit
	 * @param again between two attempts of one that may be repeated
	 */
	public record Bounds(Duration connect, Duration look, Duration change, Duration again) {

		public static final Bounds USUAL = new Bounds(Duration.ofSeconds(10), Duration.ofSeconds(60),
				Duration.ofMinutes(5), Duration.ofSeconds(2));

	}

	public ServerClient(ServerAddress address, BearerToken token, SSLContext trust, Bounds bounds, Pause pause) {
		this.address = address;
		this.token = token;
		this.bounds = bounds;
		this.pause = pause;
		this.http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(bounds.connect())
			.sslContext(trust)
			.build();
	}

	/**
	 * @throws LonghaulException if the server says that it could not, cannot be reached,
	 * or is none
	 */
	public Answer get(ApiPath path) {
		return exchange(request(path).GET().build(), bounds.look());
	}

	/**
	 * Repeats a call that {@linkplain Call#once() may be} if its answer is lost.
	 * @throws OutcomeUnknown if the answer was lost for good
	 * @throws LonghaulException as {@link #get} says
	 */
	public Answer send(Call call) {
		int attempts = call.isSafeToRepeat() ? ATTEMPTS : 1;
		for (int attempt = 1;; attempt++) {
			try {
				return sendOnce(call);
			}
			catch (TransientFailure | OutcomeUnknown ex) {
				if (attempt >= attempts || ex.code() != FailureCode.SERVER_UNREACHABLE) {
					throw ex;
				}
				waitALittle();
			}
		}
	}

	private void waitALittle() {
		try {
			pause.of(bounds.again());
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "waiting for " + address);
		}
	}

	private Answer sendOnce(Call call) {
		HttpRequest.Builder request = request(call.path()).method(call.method(),
				call.json().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(call.json()));
		if (!call.json().isEmpty()) {
			request.setHeader("Content-Type", "application/json");
		}
		call.headers().forEach(request::setHeader);
		return exchange(request.build(), bounds.change());
	}

	private HttpRequest.Builder request(ApiPath path) {
		return HttpRequest.newBuilder(address.resolve(path))
			.setHeader("Authorization", token.header())
			.setHeader("Accept", "application/json, application/problem+json")
			.setHeader("User-Agent", "longhaul");
	}

	private Answer exchange(HttpRequest request, Duration limit) {
		CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, any -> new BoundedBody());
		try {
			return judge(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (TimeoutException ex) {
			answer.cancel(true);
			throw lost(request, "%s did not answer within %s".formatted(address, Spans.coarse(limit)), ex);
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			throw Interruption.of(ex, "waiting for " + address);
		}
		catch (ExecutionException ex) {
			throw failure(request, ex.getCause());
		}
	}

	private LonghaulException failure(HttpRequest request, @Nullable Throwable cause) {
		if (cause instanceof BoundedBody.TooLong tooLong) {
			return Answer.misbehaved("the answer of %s is %s".formatted(address, tooLong.getMessage()));
		}
		if (cause instanceof SSLException) {
			return new RefusedRequest(FailureCode.SERVER_MISBEHAVED,
					"%s speaks no TLS, or its certificate is not one that is trusted".formatted(address),
					"--ca-file names the certificate of the authority that vouches for it", cause);
		}
		if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
			return new TransientFailure(FailureCode.SERVER_UNREACHABLE, "nothing answers at " + address,
					"does the server run, and is it reached from here? its address is --server or LONGHAUL_SERVER",
					cause);
		}
		return lost(request, "the connection to %s broke".formatted(address), cause);
	}

	private static LonghaulException lost(HttpRequest request, String fact, @Nullable Throwable cause) {
		if (request.method().equals("GET")) {
			return new TransientFailure(FailureCode.SERVER_UNREACHABLE, fact, "try again, or look at the server's log",
					cause);
		}
		return new OutcomeUnknown(FailureCode.SERVER_UNREACHABLE, fact + "; it may have done what was asked",
				"look at what is there now before asking again", cause);
	}

	private Answer judge(HttpResponse<byte[]> answer) {
		int status = answer.statusCode();
		String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll("\\s*;.*", "");
		if (status >= 200 && status < 300 && (answer.body().length == 0 || type.equals("application/json"))) {
			return new Answer(answer.body(), answer.headers().firstValue("ETag").orElse(""));
		}
		if (status >= 300 && status < 400) {
			throw new RefusedRequest(FailureCode.SERVER_MISBEHAVED,
					"%s sends us elsewhere (%d), where the token is not sent".formatted(address, status),
					"give the address it leads to, if it is the server's: "
							+ answer.headers().firstValue("Location").orElse("it names none"));
		}
		throw problem(status, type, answer.body());
	}

	private LonghaulException problem(int status, String type, byte[] document) {
		Optional<LonghaulException> said = type.equals("application/problem+json") ? ServerProblem.of(status, document)
				: Optional.empty();
		return said
			.orElseGet(() -> Answer.misbehaved("%s answered with status %d and '%s', which is nothing of Longhaul's"
				.formatted(address, status, type)));
	}

}
