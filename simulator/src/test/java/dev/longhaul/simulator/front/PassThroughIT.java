package dev.longhaul.simulator.front;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the API behind the front sees of a client and the client of the API, with a server
 * behind it that is told what to do.
 */
@Timeout(60)
class PassThroughIT {

	private static final int LARGE = 64 * 1024 * 1024;

	private final Vertx vertx = Vertx.vertx();

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	/** The answer to a watch, for the test to write. */
	private final CompletableFuture<HttpServerResponse> dripping = new CompletableFuture<>();

	/** The client's connection was closed. */
	private final CompletableFuture<Void> left = new CompletableFuture<>();

	private ApiFront front;

	@BeforeEach
	void open() throws Exception {
		int port = vertx
			.createHttpServer(new HttpServerOptions().setHost("127.0.0.1")
				.setWebSocketSubProtocols(List.of("base64.binary.k8s.io")))
			.requestHandler(this::behave)
			.listen(0)
			.toCompletionStage()
			.toCompletableFuture()
			.get(10, TimeUnit.SECONDS)
			.actualPort();
		front = ApiFront.start(new Upstream(URI.create("http://127.0.0.1:" + port), null, null), new LocalProcesses(),
				Clock.systemUTC());
	}

	@AfterEach
	void close() {
		front.close();
		vertx.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" })
	void handsEveryVerbThroughWithItsHeadersAndBody(String verb) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(url("/echo?fieldSelector=a%3Db&x=%2F"))
			.method(verb, BodyPublishers.ofString("{\"a\":1}"))
			.header("Content-Type", "application/apply-patch+yaml")
			.header("Authorization", "Bearer t0ken")
			.build();

		HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

		assertThat(answer.statusCode()).isEqualTo(299);
		assertThat(answer.headers().firstValue("X-Told")).contains("back");
		assertThat(answer.body())
			.isEqualTo(verb + " /echo?fieldSelector=a%3Db&x=%2F application/apply-patch+yaml Bearer t0ken {\"a\":1}");
	}

	@Test
	void handsLargeBodiesThroughBothWays() throws Exception {
		byte[] large = new byte[LARGE];
		new Random(1).nextBytes(large);

		HttpResponse<byte[]> answer = client.send(
				HttpRequest.newBuilder(url("/mirror")).POST(BodyPublishers.ofByteArray(large)).build(),
				BodyHandlers.ofByteArray());

		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(Arrays.equals(answer.body(), large)).isTrue();
	}

	@Test
	void handsAWatchThroughPieceByPieceAndEndsItWhenTheClientLeaves() throws Exception {
		HttpResponse<InputStream> answer = client
			.sendAsync(HttpRequest.newBuilder(url("/drip?watch=true")).build(), BodyHandlers.ofInputStream())
			.get(10, TimeUnit.SECONDS);

		HttpServerResponse upstream = dripping.get(10, TimeUnit.SECONDS);
		try (InputStream body = answer.body()) {
			for (String piece : new String[] { "one\n", "two\n" }) {
				upstream.write(piece);
				assertThat(CompletableFuture.supplyAsync(() -> readLine(body))).succeedsWithin(Duration.ofSeconds(2))
					.isEqualTo(piece);
			}
		}

		assertThat(left).succeedsWithin(Duration.ofSeconds(5));
	}

	@Test
	void aConnectionCutBehindIsCutBefore() throws Exception {
		HttpResponse<InputStream> answer = client.send(HttpRequest.newBuilder(url("/drip?watch=true")).build(),
				BodyHandlers.ofInputStream());
		dripping.get(10, TimeUnit.SECONDS).write("one\n");
		assertThat(readLine(answer.body())).isEqualTo("one\n");

		dripping.join().reset();

		assertThatThrownBy(() -> answer.body().read()).isInstanceOf(IOException.class);
	}

	@Test
	void aWebSocketIsHandedThroughAndARefusedOneKeepsItsStatus() {
		WebSocket socket = client.newWebSocketBuilder()
			.subprotocols("base64.binary.k8s.io")
			.buildAsync(webSocketUrl("/socket?watch=true"), new WebSocket.Listener() {
			})
			.join();
		assertThat(socket.getSubprotocol()).isEqualTo("base64.binary.k8s.io");
		socket.abort();

		assertThatThrownBy(() -> client.newWebSocketBuilder()
			.buildAsync(webSocketUrl("/gone?watch=true"), new WebSocket.Listener() {
			})
			.join()).isInstanceOf(CompletionException.class)
			.cause()
			.isInstanceOfSatisfying(WebSocketHandshakeException.class,
					refusal -> assertThat(refusal.getResponse().statusCode()).isEqualTo(410));
		assertThat(left).succeedsWithin(Duration.ofSeconds(5));
	}

	private void behave(HttpServerRequest request) {
		switch (request.path()) {
			case "/echo" -> request.bodyHandler(body -> request.response()
				.setStatusCode(299)
				.putHeader("X-Told", "back")
				.end("%s %s %s %s %s".formatted(request.method(), request.uri(), request.getHeader("Content-Type"),
						request.getHeader("Authorization"), body)));
			case "/mirror" -> request.bodyHandler(body -> request.response().end(body));
			case "/drip" -> {
				request.response().setChunked(true).closeHandler(closed -> left.complete(null));
				request.response().writeHead();
				dripping.complete(request.response());
			}
			case "/socket" ->
				request.toWebSocket().onSuccess(socket -> socket.closeHandler(closed -> left.complete(null)));
			default -> request.response().setStatusCode(410).end();
		}
	}

	private URI url(String path) {
		return front.url().resolve(path);
	}

	private URI webSocketUrl(String path) {
		return URI.create("ws" + url(path).toString().substring("http".length()));
	}

	private static String readLine(InputStream body) {
		try {
			return new String(body.readNBytes(4), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
