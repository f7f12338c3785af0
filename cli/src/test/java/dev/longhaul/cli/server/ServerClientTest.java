package dev.longhaul.cli.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.longhaul.cli.server.ServerAddress.ClearText;
import dev.longhaul.cli.testing.OwnCertificate;
import dev.longhaul.cli.testing.ScriptedServer;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerClientTest {

	private static final ServerClient.Bounds SHORT = new ServerClient.Bounds(Duration.ofSeconds(5),
			Duration.ofMillis(700), Duration.ofMillis(700), Duration.ofMillis(1));

	private static final ApiPath ME = ApiPath.of("me");

	@TempDir
	private Path directory;

	private ScriptedServer server;

	@BeforeEach
	void start() {
		server = ScriptedServer.start();
	}

	@AfterEach
	void stop() {
		server.close();
	}

	private ServerClient client() {
		return client(server.url(), null);
	}

	private ServerClient client(String url, Path authority) {
		return client(url, authority, ServerClient.Bounds.USUAL);
	}

	private ServerClient client(String url, Path authority, ServerClient.Bounds bounds) {
		return new ServerClient(ServerAddress.of(url, ClearText.ON_LOOPBACK), token("lh_secret"),
				Authority.of(authority), bounds, duration -> {
				});
	}

	private BearerToken token(String text) {
		try {
			return BearerToken.in(Files.writeString(directory.resolve("token"), text));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void saysWhoCallsAndReadsTheAnswer() {
		server.on("GET /api/v1/me", ScriptedServer.json("{\"name\":\"ci\",\"scopes\":[\"read\"]}"));

		Fields me = client().get(ME).object();

		assertThat(me.text("name")).isEqualTo("ci");
		assertThat(me.texts("scopes")).containsExactly("read");
		assertThat(server.requests().get(0).header("Authorization")).isEqualTo("Bearer lh_secret");
	}

	@Test
	void aProblemBecomesAFailureWithItsCodeAndHint() {
		server.on("GET /api/v1/me", ScriptedServer.problem(409, "RUN_OVER", "it is over",
				"GET /api/v1/runs lists those that are remembered"));

		LonghaulException failure = failure(() -> client().get(ME));

		assertThat(failure).isInstanceOf(RefusedRequest.class);
		assertThat(failure.code()).isEqualTo(FailureCode.RUN_OVER);
		assertThat(failure.fact()).isEqualTo("it is over");
		assertThat(failure.hint()).isEqualTo("longhaul remote runs list shows those that are remembered");
	}

	@Test
	void aCodeThatOnlyANewerServerKnowsIsTold() {
		server.on("GET /api/v1/me", ScriptedServer.problem(422, "MOON_PHASE", "wrong moon", "wait"));

		LonghaulException failure = failure(() -> client().get(ME));

		assertThat(failure.code()).isEqualTo(FailureCode.INVALID_USAGE);
		assertThat(failure.fact()).isEqualTo("wrong moon (MOON_PHASE)");
	}

	@Test
	void aRedirectIsNotFollowedWithTheToken() {
		try (ScriptedServer other = ScriptedServer.start()) {
			server.on("GET /api/v1/me", exchange -> {
				exchange.getResponseHeaders().set("Location", other.url() + "/");
				exchange.sendResponseHeaders(302, -1);
			});

			LonghaulException failure = failure(() -> client().get(ME));

			assertThat(failure.code()).isEqualTo(FailureCode.SERVER_MISBEHAVED);
			assertThat(failure.fact()).endsWith("sends us elsewhere (302), where the token is not sent");
			assertThat(failure.hint()).contains(other.url());
			assertThat(other.requests()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "application/xml", "" })
	void whatIsNoJsonIsNothingOfOurs(String type) {
		server.on("GET /api/v1/me", ScriptedServer.of(200, type, "<html>sign in</html>"));

		LonghaulException failure = failure(() -> client().get(ME));

		assertThat(failure.code()).isEqualTo(FailureCode.SERVER_MISBEHAVED);
		assertThat(failure.fact()).contains("answered with status 200 and '" + type + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"name\":", "nonsense", "{} {}", "{\"a\":1,\"a\":2}", "\"text\"", "{\"name\":7}" })
	void jsonThatIsNotWhatItShouldBeIsAFailureOfTheServer(String body) {
		server.on("GET /api/v1/me", ScriptedServer.json(body));

		assertThat(failure(() -> client().get(ME).object().text("name")).code())
			.isEqualTo(FailureCode.SERVER_MISBEHAVED);
	}

	@Test
	void aDeepDocumentIsNotReadToItsGround() {
		server.on("GET /api/v1/me", ScriptedServer.json("[".repeat(100_000)));

		assertThat(failure(() -> client().get(ME).items()).code()).isEqualTo(FailureCode.SERVER_MISBEHAVED);
	}

	@Test
	void anAnswerThatIsTooLongIsNotReadOn() throws Exception {
		CountDownLatch hungUp = new CountDownLatch(1);
		server.on("GET /api/v1/me", exchange -> {
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, 0);
			try (OutputStream out = exchange.getResponseBody()) {
				byte[] piece = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
				for (int i = 0; i < 16 * 1024; i++) {
					out.write(piece);
				}
			}
			catch (IOException ex) {
				hungUp.countDown();
			}
		});

		LonghaulException failure = failure(() -> client().get(ME));

		assertThat(failure.code()).isEqualTo(FailureCode.SERVER_MISBEHAVED);
		assertThat(failure.fact()).endsWith("is longer than 8388608 bytes");
		assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void aServerThatNeverEndsItsAnswerIsGivenUp() {
		CountDownLatch over = new CountDownLatch(1);
		server.on("GET /api/v1/me", exchange -> {
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, 0);
			exchange.getResponseBody().write('{');
			exchange.getResponseBody().flush();
			await(over);
		});

		LonghaulException failure = failure(() -> client(server.url(), null, SHORT).get(ME));

		over.countDown();
		assertThat(failure).isInstanceOf(TransientFailure.class);
		assertThat(failure.fact()).endsWith("did not answer within 0 s");
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void eventsAreToldAsTheyComeUntilEnoughIsHeard() {
		server.on("GET /api/v1/me",
				ScriptedServer.events("id: 1\nevent: said\ndata: {\"text\":\"é\"}\n\n", ": comment\n\n",
						"data: no json\n\n", "id: 2\nevent: ended\ndata: {}\n\n", "id: 3\nevent: said\ndata: {}\n\n"));
		List<String> heard = new ArrayList<>();

		client().listen(ME, "7", event -> {
			heard.add(event.id() + " " + event.name() + " " + event.data().textOrEmpty("text"));
			return !event.name().equals("ended");
		});

		assertThat(heard).containsExactly("1 said é", "2 ended ");
		assertThat(server.requests().get(0).header("Last-event-id")).isEqualTo("7");
	}

	@Test
	void aStreamThatSaysNothingIsLeft() {
		CountDownLatch over = new CountDownLatch(1);
		server.on("GET /api/v1/me", exchange -> {
			exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
			exchange.sendResponseHeaders(200, 0);
			exchange.getResponseBody().write("retry: 3000\n\n".getBytes(StandardCharsets.US_ASCII));
			exchange.getResponseBody().flush();
			await(over);
		});

		assertThatCode(() -> client(server.url(), null, SHORT).listen(ME, "", event -> true))
			.doesNotThrowAnyException();
		over.countDown();
	}

	@Test
	void anEventWithoutAnEndIsNotHeardToItsEnd() {
		server.on("GET /api/v1/me", ScriptedServer.of(200, "text/event-stream", "data: " + "x".repeat(1024 * 1024)));

		assertThat(failure(() -> client().listen(ME, "", event -> true)).fact())
			.isEqualTo("an event of the server is longer than 262144 bytes");
	}

	@Test
	void whoMayNotListenIsToldWhy() {
		server.on("GET /api/v1/me", ScriptedServer.problem(404, "RUN_NOT_FOUND", "there is no run", "look"));

		assertThat(failure(() -> client().listen(ME, "", event -> true)).code()).isEqualTo(FailureCode.RUN_NOT_FOUND);
	}

	@Test
	void nothingThatListensIsUnreachable() {
		server.close();

		LonghaulException failure = failure(() -> client().get(ME));

		assertThat(failure).isInstanceOf(TransientFailure.class);
		assertThat(failure.code()).isEqualTo(FailureCode.SERVER_UNREACHABLE);
		assertThat(failure.fact()).isEqualTo("nothing answers at " + server.url());
	}

	@Test
	void aServerIsBelievedByWhoVouchesForIt() throws Exception {
		OwnCertificate certificate = OwnCertificate.in(directory);
		try (ScriptedServer secure = ScriptedServer.start(certificate.keys())) {
			secure.on("GET /api/v1/me", ScriptedServer.json("{\"name\":\"ci\"}"));

			LonghaulException failure = failure(() -> client(secure.url(), null).get(ME));

			assertThat(failure.code()).isEqualTo(FailureCode.SERVER_MISBEHAVED);
			assertThat(failure.hint()).startsWith("--ca-file names");
			assertThat(secure.requests()).isEmpty();
			assertThat(client(secure.url(), certificate.file()).get(ME).object().text("name")).isEqualTo("ci");
		}
	}

	@Test
	void aCallThatIsSafeToRepeatIsRepeatedWithTheSameKey() {
		server.on("POST /api/v1/runs", ScriptedServer.silence(), ScriptedServer.silence(),
				ScriptedServer.json("{\"id\":\"1\"}"));

		Answer answer = client().send(Call.post(ApiPath.of("runs"), Map.of("job", "nightly")).once());

		assertThat(answer.object().text("id")).isEqualTo("1");
		assertThat(server.requests()).hasSize(3);
		assertThat(server.requests().stream().map(request -> request.header("Idempotency-key")).distinct()).hasSize(1)
			.allMatch(key -> key.length() == 36);
		assertThat(server.requests().get(2).body()).isEqualTo("{\"job\":\"nightly\"}");
	}

	@Test
	void aCallThatIsNotIsNeverRepeated() {
		server.on("POST /api/v1/tokens", ScriptedServer.silence());

		LonghaulException failure = failure(() -> client().send(Call.post(ApiPath.of("tokens"))));

		assertThat(failure).isInstanceOf(OutcomeUnknown.class);
		assertThat(failure.fact()).endsWith("it may have done what was asked");
		assertThat(server.requests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://longhaul.example.org", "http://10.0.0.7:8080", "http://127.0.0.1.evil.example",
			"http://localhost.evil.example/" })
	void aTokenDoesNotTravelInClearText(String url) {
		LonghaulException failure = failure(() -> ServerAddress.of(url, ClearText.ON_LOOPBACK));

		assertThat(failure.fact()).contains("would send the token in clear text over the network");
		assertThat(ServerAddress.of(url, ClearText.ANYWHERE).base()).startsWith("http://");
	}

	@ParameterizedTest
	@ValueSource(strings = { "longhaul", "ftp://host/", "https://user:password@host/", "https://host/?x", "https:///" })
	void whatIsNoAddressIsRefusedAndNotRepeated(String url) {
		LonghaulException failure = failure(() -> ServerAddress.of(url, ClearText.ANYWHERE));

		assertThat(failure.fact()).startsWith("the server's address is no URL of http or https")
			.doesNotContain("password");
	}

	@Test
	void whatIsAskedIsWrittenSoThatItArrives() {
		assertThat(ApiPath.of("runs", "../x y/é").with("job", null).with("a", "b&c").with("d", 1))
			.hasToString("/api/v1/runs/..%2Fx%20y%2F%C3%A9?a=b%26c&d=1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "two words", "lh_x\ny", "lh_\u001B" })
	void aFileWithoutATokenIsRefused(String text) {
		LonghaulException failure = failure(() -> token(text));

		assertThat(failure.code()).isEqualTo(FailureCode.MISSING_CREDENTIALS);
		assertThat(token("lh_secret\n")).hasToString("BearerToken[…]");
	}

	private static LonghaulException failure(ThrowingCallable call) {
		return assertThatExceptionOfType(LonghaulException.class).isThrownBy(call).actual();
	}

}
