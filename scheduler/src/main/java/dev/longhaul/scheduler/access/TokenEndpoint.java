package dev.longhaul.scheduler.access;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.longhaul.core.failure.Interruption;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider gives tokens for codes. It is believed to be slow and to send too
 * much.
 */
final class TokenEndpoint {

	private static final Duration CONNECT = Duration.ofSeconds(3);

	/** From the call to the last byte of the answer. */
	private static final Duration WHOLE = Duration.ofSeconds(8);

	/** In bytes; a token with many roles takes some KiB. */
	private static final int LARGEST = 256 * 1024;

	private @Nullable HttpClient client;

	/**
	 * @param form url-encoded
	 * @param authorization null to send none
	 * @throws IOException if there is no answer that can be read
	 */
	Answer post(URI endpoint, String form, @Nullable String authorization) throws IOException {
		HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.header("Accept", "application/json")
			.POST(BodyPublishers.ofString(form));
		if (authorization != null) {
			request.header("Authorization", authorization);
		}
		CompletableFuture<HttpResponse<byte[]>> answer = client().sendAsync(request.build(), any -> new Bounded());
		try {
			HttpResponse<byte[]> whole = answer.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
			return new Answer(whole.statusCode(),
					JSONObjectUtils.parse(new String(whole.body(), StandardCharsets.UTF_8)));
		}
		catch (TimeoutException ex) {
			answer.cancel(true);
			throw new IOException("no answer within " + WHOLE.toSeconds() + " s", ex);
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			throw Interruption.of(ex, "asking the OpenID provider");
		}
		catch (ExecutionException | ParseException ex) {
			throw new IOException("no answer that can be read", ex);
		}
	}

	/** Made when it is first needed: it has threads and buffers. */
	private synchronized HttpClient client() {
		HttpClient known = client;
		if (known == null) {
			known = HttpClient.newBuilder()
				.version(HttpClient.Version.HTTP_1_1)
				.followRedirects(HttpClient.Redirect.NEVER)
				.connectTimeout(CONNECT)
				.build();
			client = known;
		}
		return known;
	}

	/**
	 * @param members of the JSON it sent
	 */
	record Answer(int status, Map<String, Object> members) {

		/** Empty if it is not there, or no text. */
		String text(String member) {
			return (members.get(member) instanceof String text) ? text : "";
		}

	}

	/** Reads so much and no more. */
	private static final class Bounded implements BodySubscriber<byte[]> {

		private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();

		private @Nullable Subscription subscription;

		private long left = LARGEST;

		@Override
		public CompletionStage<byte[]> getBody() {
			return whole.getBody();
		}

		@Override
		public void onSubscribe(Subscription begun) {
			subscription = begun;
			whole.onSubscribe(begun);
		}

		@Override
		public void onNext(List<ByteBuffer> buffers) {
			left -= buffers.stream().mapToLong(ByteBuffer::remaining).sum();
			if (left < 0 && subscription != null) {
				subscription.cancel();
				whole.onError(new IOException("more than %d bytes".formatted(LARGEST)));
			}
			else {
				whole.onNext(buffers);
			}
		}

		@Override
		public void onError(Throwable failure) {
			whole.onError(failure);
		}

		@Override
		public void onComplete() {
			whole.onComplete();
		}

	}

}
