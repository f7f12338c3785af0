package dev.longhaul.scheduler.wiring;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.access.TokenOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever somebody turns on to find a fault, no token is in the log: not one that was
 * right, not one that was wrong, and not one that was just made.
 */
class TokensInLogsTest {

	private static final String WRONG = "lh_wrong-but-somebodys-password";

	private static final LoggingSystem LOGGING = LoggingSystem.get(TokensInLogsTest.class.getClassLoader());

	@TempDir
	private Path directory;

	@Test
	void noTokenIsInTheLogAtItsFinest() throws Exception {
		ByteArrayOutputStream log = new ByteArrayOutputStream();
		PrintStream before = System.err;
		String admin;
		String made;
		try (Server server = ServedConfiguration.in(directory).serve()) {
			admin = server.tokens().create(new TokenOrder("test", Set.of(Scope.ADMIN), null), "test").secret().reveal();
			System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
			LOGGING.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.TRACE);
			made = useInEveryWay(server, admin);
		}
		finally {
			LOGGING.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
			System.setErr(before);
		}

		assertThat(log.toString(StandardCharsets.UTF_8)).contains("/api/v1/tokens")
			.doesNotContain(admin, admin.substring(3))
			.doesNotContain(made, made.substring(3))
			.doesNotContain(WRONG, WRONG.substring(3));
	}

	private static String useInEveryWay(Server server, String admin) throws Exception {
		HttpCalls calls = HttpCalls.to(server);
		HttpResponse<String> made = calls.with(admin)
			.send("POST", "/api/v1/tokens", "{\"name\":\"ci\",\"scopes\":[\"read\"]}");
		assertThat(made.statusCode()).isEqualTo(201);
		assertThat(calls.with(WRONG).get("/api/v1/me").statusCode()).isEqualTo(401);
		signIn(server, admin, 302);
		signIn(server, WRONG, 401);
		return HttpCalls.json(made).get("secret").asString();
	}

	private static void signIn(Server server, String token, int status) throws Exception {
		HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		HttpRequest.Builder page = HttpRequest.newBuilder(server.address().resolve("/login"))
			.header("Accept", "text/html");
		String form = browser.send(page.build(), BodyHandlers.ofString()).body();
		String mark = "name=\"_csrf\" value=\"";
		int begin = form.indexOf(mark) + mark.length();
		String csrf = form.substring(begin, form.indexOf('"', begin));
		HttpRequest.Builder post = page.copy()
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("_csrf=" + csrf + "&token=" + token));
		assertThat(browser.send(post.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(status);
	}

}
