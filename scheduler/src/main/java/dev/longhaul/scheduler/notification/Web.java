package dev.longhaul.scheduler.notification;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.text.Spans;
import org.jspecify.annotations.Nullable;

/**
 * Sends to web services. An answer counts by its status alone: its body is not read, so
 * it can be neither endless nor repeat a secret. Redirects are not followed.
 */
public final class Web {

	/** The message itself is at fault; all others may be mended meanwhile. */
	private static final Set<Integer> AT_FAULT = Set.of(400, 413, 415, 422);

	private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

	private final SSLContext trust;

	private final Limits limits;

	private final Clock clock;

	private @Nullable HttpClient client;

	/**
	 * @param credentials that may name who vouches for the other side
	 * @throws RefusedRequest if what vouches is no certificate
	 */
	public Web(@Nullable Credentials credentials, Limits limits, Clock clock) {
		this.trust = TrustedAuthority.of(credentials);
		this.limits = limits;
		this.clock = clock;
	}

	/**
	 * @param post makes what is sent; a credential that cannot be read now may be there
	 * later
	 */
	Delivery send(Message message, Function<Message, Post> post) {
		HttpRequest request;
		try {
			request = request(message, post.apply(message));
		}
		catch (RefusedRequest ex) {
			return new Delivery.NotNow(ex.fact());
		}
		CompletableFuture<HttpResponse<Void>> answer = client().sendAsync(request, any -> new Unread());
		try {
			return judge(answer.get(limits.whole().toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (TimeoutException ex) {
			answer.cancel(true);
			return new Delivery.NotNow("did not answer within " + Spans.coarse(limits.whole()));
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			Thread.currentThread().interrupt();
			return new Delivery.NotNow("told to stop");
		}
		catch (ExecutionException ex) {
			return new Delivery.NotNow(reason(ex.getCause()));
		}
	}

	private static HttpRequest request(Message message, Post post) {
		HttpRequest.Builder request = HttpRequest.newBuilder(post.uri())
			.POST(BodyPublishers.ofString(post.body()))
			.setHeader("User-Agent", "longhaul")
			.setHeader("Idempotency-Key", message.id().toString());
		post.headers().forEach(request::setHeader);
		return request.build();
	}

	/** Made when it is first needed: it has threads and buffers. */
	private synchronized HttpClient client() {
		HttpClient known = client;
		if (known == null) {
			known = HttpClient.newBuilder()
				.version(HttpClient.Version.HTTP_1_1)
				.followRedirects(HttpClient.Redirect.NEVER)
				.connectTimeout(limits.connect())
				.sslContext(trust)
				.build();
			client = known;
		}
		return known;
	}

	private Delivery judge(HttpResponse<Void> answer) {
		int status = answer.statusCode();
		if (status >= 200 && status < 300) {
			return new Delivery.Done();
		}
		if (status >= 300 && status < 400) {
			return new Delivery.NotNow(
					"answered with a redirect (%d), which is not followed: give the address that it leads to"
						.formatted(status));
		}
		String reason = "answered with status " + status;
		return AT_FAULT.contains(status) ? new Delivery.Refused(reason) : new Delivery.NotNow(reason,
				answer.headers().firstValue("Retry-After").map(this::pause).orElse(Duration.ZERO));
	}

	/** Seconds, or the date of a web server; nothing for anything else. */
	private Duration pause(String retryAfter) {
		if (SECONDS.matcher(retryAfter).matches()) {
			return Duration.ofSeconds(Long.parseLong(retryAfter));
		}
		try {
			Duration until = Duration.between(clock.instant(),
					Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(retryAfter)));
			return until.isNegative() ? Duration.ZERO : until;
		}
		catch (DateTimeException ex) {
			return Duration.ZERO;
		}
	}

	/** Messages of exceptions are left out: some repeat the address. */
	private String reason(@Nullable Throwable failure) {
		if (failure instanceof HttpConnectTimeoutException) {
			return "no connection within " + Spans.coarse(limits.connect());
		}
		if (failure instanceof ConnectException) {
			return (failure.getCause() instanceof UnresolvedAddressException || (failure.getCause() != null
					&& failure.getCause().getCause() instanceof UnresolvedAddressException)) ? "its name is not known"
							: "nothing listens there";
		}
		if (failure instanceof SSLException) {
			return "there is no TLS, or its certificate is not one that is trusted";
		}
		return "the connection broke (%s)"
			.formatted((failure != null) ? failure.getClass().getSimpleName() : "for no reason");
	}

	/** Done as soon as the headers are there. */
	private static final class Unread implements BodySubscriber<Void> {

		@Override
		public CompletionStage<Void> getBody() {
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			subscription.cancel();
		}

		@Override
		public void onNext(List<ByteBuffer> item) {
		}

		@Override
		public void onError(Throwable failure) {
		}

		@Override
		public void onComplete() {
		}

	}

}
