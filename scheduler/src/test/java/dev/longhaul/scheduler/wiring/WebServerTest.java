package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebServerTest {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	@TempDir
	private static Path directory;

	private static Server server;

	@BeforeAll
	static void serve() throws IOException {
		server = ServedConfiguration.in(directory).serve();
	}

	@AfterAll
	static void close() {
		server.close();
	}

	@Test
	void listensAtThePortThatItSays() {
		assertThat(server.address().toString()).matches("http://127\\.0\\.0\\.1:[1-9][0-9]+/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/liveness", "/readiness" })
	void tellsItsHealthToAnybodyAndNothingMore(String probe) throws Exception {
		HttpResponse<String> answer = get("actuator/health" + probe);

		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "api/v1/jobs", "api/v1/openapi.json", "nothing", "actuator", "actuator/env",
			"actuator/health/more", "error", "favicon.ico" })
	void nobodyGetsInByDefault(String path) throws Exception {
		for (String method : new String[] { "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH" }) {
			HttpResponse<String> answer = send(request(path).method(method, BodyPublishers.noBody()));

			assertThat(answer.statusCode()).as(method).isEqualTo(401);
			assertThat(answer.headers().firstValue("WWW-Authenticate")).as(method)
				.hasValue("Bearer realm=\"longhaul\"");
		}
	}

	@Test
	void saysWhyItRefusesInADocument() throws Exception {
		HttpResponse<String> answer = get("api/v1/jobs");

		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.body()).startsWith("{\"type\":\"https://longhaul.dev/problems/NOT_AUTHENTICATED\","
				+ "\"title\":\"The server was given no token, or none that it knows and that is still valid.\","
				+ "\"status\":401,\"code\":\"NOT_AUTHENTICATED\",\"detail\":\"this address needs a token\",\"hint\":")
			.containsPattern("\"instance\":\"urn:uuid:[0-9a-f-]{36}\"}$");
	}

	@Test
	void refusesABodyThatIsTooLargeBeforeItIsRead() throws Exception {
		HttpResponse<String> answer = send(request("api/v1/jobs").PUT(BodyPublishers.ofString("x".repeat(1_400_000))));

		assertThat(answer.statusCode()).isEqualTo(413);
		assertThat(answer.body()).contains("\"detail\":\"the body has more than 1310720 bytes\"");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "GET /api/v1//../x HTTP/1.1\r\nHost: a\r\n\r\n", "GET /%2e%2e/x HTTP/1.1\r\nHost: a\r\n\r\n",
					"GET /a;b=c HTTP/1.1\r\nHost: a\r\n\r\n", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n",
					"GET / HTTP/1.1\r\n\r\n", "rubbish\r\n\r\n", "GET /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n" })
	void whatIsNotUnderstoodIsRefusedWithoutAWordOfTheServerItself(String bytes) throws Exception {
		String answer = exchange(bytes);

		assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d.*")
			.doesNotContainIgnoringCase("tomcat")
			.doesNotContain("<html", "Exception", "\tat ");
	}

	@Test
	void headersThatAreTooLongAreRefused() throws Exception {
		String answer = exchange("GET / HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");

		assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("<html");
	}

	@Test
	void aPortThatIsTakenIsSaid() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			ServedConfiguration configuration = ServedConfiguration.in(directory.resolve("second"))
				.with("server: {port: %d}".formatted(taken.getLocalPort()));

			assertThatThrownBy(configuration::serve).hasMessage("another program listens at port %d",
					taken.getLocalPort());
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{port: 70000}              | longhaul.server.port must be 0 to 65535, not 70000
					{address: nowhere.invalid} | longhaul.server.address must be an address of this machine, not 'nowhere.invalid'
					{proxies: [all]}           | longhaul.server.proxies must be addresses or blocks of them, such as 10.42.0.0/16
					""",
			quoteCharacter = '"')
	void whatIsWrongWithItsSettingsIsSaid(String wrong, String fact) {
		assertThatThrownBy(ServedConfiguration.in(directory.resolve("wrong")).with("server: " + wrong)::serve)
			.hasMessage(fact);
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(server.address().resolve("/" + path)).timeout(Duration.ofSeconds(20));
	}

	private static HttpResponse<String> get(String path) throws Exception {
		return send(request(path));
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return CLIENT.send(request.build(), BodyHandlers.ofString());
	}

	/** What a client of HTTP would not send. */
	private static String exchange(String bytes) throws IOException {
		URI address = server.address();
		try (Socket socket = new Socket(address.getHost(), address.getPort())) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
			socket.shutdownOutput();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
