package dev.longhaul.backupstore.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.utils.Lazy;

/**
 * Makes every further attempt on a connection of its own. B2 answers "no tomes available"
 * while one of its pods is full; only a new connection reaches another pod. The
 * connection that brought such an answer is dropped too, so that nobody else meets it.
 * <p>
 * Also holds the server to our own longest wait between two attempts.
 */
final class ConnectionRenewal implements SdkHttpClient {

	/** An error document has a few hundred bytes. */
	private static final int LARGEST_ERROR = 64 * 1024;

	private static final String RETRY_AFTER = "Retry-After";

	/** Says which attempt this is, and is absent or says 1 in the first. */
	private static final String ATTEMPT = "amz-sdk-request";

	private final SdkHttpClient usual;

	/** Keeps no connection: one with idle ones would use them again. */
	private final Lazy<SdkHttpClient> further;

	private final Duration longestBackOff;

	ConnectionRenewal(Supplier<SdkHttpClient> clients, Duration longestBackOff) {
		this.usual = clients.get();
		this.further = new Lazy<>(clients);
		this.longestBackOff = longestBackOff;
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		boolean isFirst = request.httpRequest()
			.firstMatchingHeader(ATTEMPT)
			.map(attempt -> attempt.startsWith("attempt=1;"))
			.orElse(true);
		return prepared(isFirst ? usual.prepareRequest(request) : further.getValue().prepareRequest(closing(request)));
	}

	private static HttpExecuteRequest closing(HttpExecuteRequest request) {
		SdkHttpRequest closing = request.httpRequest().copy(copy -> copy.putHeader("Connection", "close"));
		HttpExecuteRequest.Builder copy = HttpExecuteRequest.builder().request(closing);
		request.contentStreamProvider().ifPresent(copy::contentStreamProvider);
		request.metricCollector().ifPresent(copy::metricCollector);
		return copy.build();
	}

	private ExecutableHttpRequest prepared(ExecutableHttpRequest prepared) {
		return new ExecutableHttpRequest() {

			@Override
			public HttpExecuteResponse call() throws IOException {
				HttpExecuteResponse answer = prepared.call();
				return (answer.httpResponse().statusCode() < 500) ? answer : withoutConnection(answer);
			}

			@Override
			public void abort() {
				prepared.abort();
			}

		};
	}

	private HttpExecuteResponse withoutConnection(HttpExecuteResponse answer) throws IOException {
		byte[] error = new byte[0];
		Optional<AbortableInputStream> body = answer.responseBody();
		if (body.isPresent()) {
			error = body.get().readNBytes(readableWithoutReachingTheEnd(answer.httpResponse()));
			body.get().abort();
		}
		return HttpExecuteResponse.builder()
			.response(boundedRetryAfter(answer.httpResponse()))
			.responseBody(AbortableInputStream.create(new ByteArrayInputStream(error)))
			.build();
	}

	/**
	 * A body read to its end gives its connection back for use by others, so only one
	 * whose length is known beforehand can be read and its connection dropped.
	 */
	private static int readableWithoutReachingTheEnd(SdkHttpResponse response) {
		return response.firstMatchingHeader("Content-Length")
			.filter(length -> length.matches("\\d{1,9}"))
			.map(length -> Math.min(Integer.parseInt(length), LARGEST_ERROR))
			.orElse(0);
	}

	private SdkHttpResponse boundedRetryAfter(SdkHttpResponse response) {
		Optional<String> seconds = response.firstMatchingHeader(RETRY_AFTER);
		if (seconds.isEmpty()) {
			return response;
		}
		boolean bounded = seconds.get().matches("\\d{1,9}")
				&& Integer.parseInt(seconds.get()) <= longestBackOff.toSeconds();
		return bounded ? response : response.copy(copy -> copy.putHeader(RETRY_AFTER, "" + longestBackOff.toSeconds()));
	}

	@Override
	public String clientName() {
		return usual.clientName();
	}

	@Override
	public void close() {
		usual.close();
		if (further.hasValue()) {
			further.getValue().close();
		}
	}

}
