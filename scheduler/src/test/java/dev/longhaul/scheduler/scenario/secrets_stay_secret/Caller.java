package dev.longhaul.scheduler.scenario.secrets_stay_secret;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls a server in every way there is, and keeps what it answers.
 */
final class Caller {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	private final URI server;

	private final String token;

	private final Path answers;

	private final List<String> secrets = new ArrayList<>();

	private int count;

	private Caller(URI server, String token, Path answers) {
		this.server = server;
		this.token = token;
		this.answers = answers;
		secrets.add(token.substring(3));
	}

	/**
	 * @param token a file with an admin's
	 * @param answers a directory for them
	 */
	static Caller of(URI server, Path token, Path answers) throws IOException {
		return new Caller(server, Files.readString(token).strip(), Files.createDirectories(answers));
	}

	/** What it was let in with, and what was made for it. */
	List<String> secrets() {
		return secrets;
	}

	/**
	 * With a wrong secret, wherever one may be given. Whether an issuer that does not
	 * answer has made it, nobody knows.
	 */
	void tryToGetIn(String wrong) throws IOException {
		String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(wrong.getBytes(StandardCharsets.UTF_8));
		for (String login : List.of("Bearer lh_" + wrong, "Bearer " + wrong, "Basic " + base64,
				"Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.%s.%s".formatted(base64, wrong))) {
			assertThat(send(request("/api/v1/me").setHeader("Authorization", login)).statusCode()).as(login)
				.isIn(401, 503);
		}
		assertThat(signIn(wrong)).isIn(401, 503);
		assertThat(signIn(token)).isEqualTo(302);
		// Its answer is the one place where it has to be.
		String made = call("POST", "/api/v1/tokens", "{\"name\":\"ci\",\"scopes\":[\"read\"]}").body();
		secrets.add(JSON.readTree(made).get("secret").asString().substring(3));
	}

	private int signIn(String with) throws IOException {
		HttpRequest.Builder page = HttpRequest.newBuilder(server.resolve("/login")).header("Accept", "text/html");
		String form = keep(send(page)).body();
		String mark = "name=\"_csrf\" value=\"";
		int begin = form.indexOf(mark) + mark.length();
		String csrf = form.substring(begin, form.indexOf('"', begin));
		return keep(send(page.copy()
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("_csrf=" + csrf + "&token=" + with)))).statusCode();
	}

	/** Starts a run and waits until it is over. */
	void runToItsEnd(String job) throws IOException {
		HttpResponse<String> started = Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> call("POST", "/api/v1/runs", "{\"job\":\"%s\"}".formatted(job)),
					answer -> answer.statusCode() == 202);
		String run = started.headers().firstValue("Location").orElseThrow();
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> JSON.readTree(call("GET", run, "").body()).get("outcome").asString(),
					outcome -> !List.of("waiting", "running").contains(outcome));
		keep(call("GET", run, ""));
		keep(call("GET", run + "/log", ""));
	}

	/** Looks at whatever can be looked at, and changes what cannot be changed. */
	void askEverything() throws IOException {
		for (String path : List.of("/", "/login", "/actuator/prometheus", "/actuator/health", "/nowhere")) {
			keep(call("GET", path, ""));
		}
		JsonNode document = JSON.readTree(keep(call("GET", "/api/v1/openapi.json", "")).body());
		for (String path : document.get("paths").propertyNames()) {
			keep(call("GET", path.replaceAll("\\{(name|application)}", "cloud").replaceAll("\\{[^}]+}", "nightly"),
					""));
		}
		keep(call("PUT", "/api/v1/jobs/nightly", "{\"definition\":\"kind: Nothing\"}"));
		keep(call("POST", "/api/v1/audit/exports", ""));
	}

	private HttpResponse<String> call(String method, String path, String json) throws IOException {
		HttpRequest.Builder request = request(path).setHeader("Authorization", "Bearer " + token);
		return send(json.isEmpty() ? request.method(method, BodyPublishers.noBody())
				: request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json)));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(30));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
		try {
			return client.send(request.build(), BodyHandlers.ofString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

	private HttpResponse<String> keep(HttpResponse<String> answer) throws IOException {
		count++;
		Files.writeString(answers.resolve("answer-" + count),
				"%s%n%s%n%s".formatted(answer.request().uri(), answer.statusCode(), answer.body()));
		return answer;
	}

}
