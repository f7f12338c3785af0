package dev.longhaul.cli.server;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

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

	private static final int OK = 200;

	private static final int REDIRECT = 300;

	private static final int REFUSED = 400;

	private static final String EVENTS = "text/event-stream";

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
		return judge(exchange(request(path).GET().build(), bounds.look(), any -> new BoundedBody()));
	}

	/**
	 * Listens to what happens, until the listener has heard enough, or the stream ends,
	 * breaks or says nothing for as long as a call may last.
	 * @param last the id of the last event that was heard; empty for none
	 * @param listener says whether it wants to hear more
	 * @throws LonghaulException as {@link #get} says
	 */
	public void listen(ApiPath path, String last, Predicate<ServerEvent> listener) {
		HttpRequest.Builder request = request(path).setHeader("Accept", EVENTS + ", application/problem+json");
		if (!last.isEmpty()) {
			request.setHeader("Last-Event-ID", last);
		}
		HttpResponse<Streamed> answer = exchange(request.build(), bounds.look(), ServerClient::streamed);
		EventBody events = answer.body().events();
		if (events == null) {
			throw refusal(answer, answer.body().document().array());
		}
		try (events) {
			EventParser parser = new EventParser(listener);
			for (Optional<byte[]> part = events.next(bounds.look()); part.isPresent()
					&& parser.take(part.get()); part = events.next(bounds.look())) {
				// The parser has passed on what was in it.
			}
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "listening to " + address);
		}
	}

	private static BodySubscriber<Streamed> streamed(HttpResponse.ResponseInfo info) {
		return (info.statusCode() == OK && type(info.headers()).equals(EVENTS))
				? BodySubscribers.mapping(new EventBody(), events -> new Streamed(events, ByteBuffer.allocate(0)))
				: BodySubscribers.mapping(new BoundedBody(), document -> new Streamed(null, ByteBuffer.wrap(document)));
	}

	/**
	 * @param events null if there are none
	 * @param document that came instead
	 */
	private record Streamed(@Nullable EventBody events, ByteBuffer document) {
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
		return judge(exchange(request.build(), bounds.change(), any -> new BoundedBody()));
	}

	private HttpRequest.Builder request(ApiPath path) {
		return HttpRequest.newBuilder(address.resolve(path))
			.setHeader("Authorization", token.header())
			.setHeader("Accept", "application/json, application/problem+json")
			.setHeader("User-Agent", "longhaul");
	}

	private <T> HttpResponse<T> exchange(HttpRequest request, Duration limit, BodyHandler<T> body) {
		CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, body);
		try {
			return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
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
		boolean isJson = answer.body().length == 0 || type(answer.headers()).equals("application/json");
		if (answer.statusCode() >= OK && answer.statusCode() < REDIRECT && isJson) {
			return new Answer(answer.body(), answer.headers().firstValue("ETag").orElse(""));
		}
		throw refusal(answer, answer.body());
	}

	private LonghaulException refusal(HttpResponse<?> answer, byte[] document) {
		int status = answer.statusCode();
		if (status >= REDIRECT && status < REFUSED) {
			return new RefusedRequest(FailureCode.SERVER_MISBEHAVED,
					"%s sends us elsewhere (%d), where the token is not sent".formatted(address, status),
					"give the address it leads to, if it is the server's: "
							+ answer.headers().firstValue("Location").orElse("it names none"));
		}
		String type = type(answer.headers());
		Optional<LonghaulException> said = type.equals("application/problem+json") ? ServerProblem.of(status, document)
				: Optional.empty();
		return said
			.orElseGet(() -> Answer.misbehaved("%s answered with status %d and '%s', which is nothing of Longhaul's"
				.formatted(address, status, type)));
	}

	private static String type(HttpHeaders headers) {
		return headers.firstValue("Content-Type").orElse("").replaceAll("\\s*;.*", "");
	}

}
