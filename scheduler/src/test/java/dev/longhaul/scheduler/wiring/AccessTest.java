package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.scheduler.access.NewToken;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.access.TokenOrder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class AccessTest {

	@TempDir
	private static Path directory;

	private static Path firstToken;

	private static Server server;

	private static HttpCalls admin;

	@BeforeAll
	static void serve() throws IOException {
		firstToken = directory.resolve("first-token");
		server = ServedConfiguration.in(directory)
			.with("server: {port: 0, first-token-file: \"%s\", proxies: [127.0.0.1]}".formatted(firstToken))
			.serve();
		admin = HttpCalls.to(server).with(Files.readString(firstToken).strip());
	}

	@AfterAll
	static void close() {
		server.close();
	}

	@Test
	void theFirstTokenIsInAFileThatOnlyItsOwnerReads() throws IOException {
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(firstToken))).isEqualTo("rw-------");

		JsonNode me = HttpCalls.json(admin.get("/api/v1/me"));
		assertThat(me.get("scopes").toString()).isEqualTo("[\"admin\"]");
		assertThat(me.get("name").asString()).matches("token first \\([0-9a-f]{8}\\)");
	}

	@Test
	void onlyTheHashOfATokenIsStored() throws IOException {
		String secret = token(Scope.READ).secret().reveal();

		byte[] stored = Files.readAllBytes(directory.resolve("longhaul.mv.db"));
		assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(secret)
			.doesNotContain(secret.substring(3, 30));
	}

	@Test
	void aTokenIsMadeShownOnceListedAndRevoked() {
		HttpResponse<String> made = admin.send("POST", "/api/v1/tokens",
				"{\"name\":\"ci\",\"scopes\":[\"operate\"],\"days\":30}");
		assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
		String secret = HttpCalls.json(made).get("secret").asString();
		String location = made.headers().firstValue("Location").orElseThrow();

		HttpCalls ci = HttpCalls.to(server).with(secret);
		assertThat(ci.get("/api/v1/me").statusCode()).isEqualTo(200);
		String listed = admin.get(location).body();
		assertThat(listed).contains("\"name\":\"ci\"", "\"createdBy\":\"token first (", "\"expiresAt\":",
				"\"lastUsedAt\":");
		assertThat(listed + admin.get("/api/v1/tokens").body()).doesNotContain(secret.substring(3));

		assertThat(admin.send("DELETE", location, "").statusCode()).isEqualTo(204);
		assertThat(ci.get("/api/v1/me").statusCode()).isEqualTo(401);
		assertThat(admin.send("DELETE", location, "").statusCode()).isEqualTo(204);
		assertThat(admin.send("DELETE", "/api/v1/tokens/nobody", "").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{}                                                | a name has 1 to 100 characters that can be printed
			{"name":"a\\u0000b","scopes":["read"]}            | a name has 1 to 100 characters that can be printed
			{"name":"a","scopes":[]}                          | a token without a scope opens nothing
			{"name":"a","scopes":["root"]}                    | 'scopes' names one that does not exist
			{"name":"a","scopes":["read"],"days":0}           | 'days' is 1 to 3660, not 0
			{"name":"a","scopes":["read"],"day":1}            | the body is not what is expected here
			{"name":"a","scopes":["read"],"days":1}}          | the body is not what is expected here
			{"name":"a","scopes":"read"}                      | the body is not what is expected here
			[]                                                | the body is not what is expected here
			null                                              | the body is not what is expected here
			""")
	void saysWhatIsWrongWithATokenThatIsWanted(String body, String fact) {
		HttpResponse<String> answer = admin.send("POST", "/api/v1/tokens", body);

		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(HttpCalls.json(answer).get("detail").asString()).isEqualTo(fact);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
	}

	@Test
	void listsArePagedToTheirEnd() {
		for (int i = 0; i < 5; i++) {
			token(Scope.READ);
		}
		int all = HttpCalls.json(admin.get("/api/v1/tokens?limit=500")).get("items").size();

		int found = 0;
		String path = "/api/v1/tokens?limit=2";
		for (int pages = 0; !path.isEmpty(); pages++) {
			assertThat(pages).isLessThanOrEqualTo(all);
			JsonNode page = HttpCalls.json(admin.get(path));
			found += page.get("items").size();
			path = page.has("next") ? "/api/v1/tokens?limit=2&cursor=" + page.get("next").asString() : "";
		}
		assertThat(found).isEqualTo(all);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "limit=0", "limit=501", "limit=x", "limit=99999999999", "cursor=!", "cursor=", "cursor=AA" })
	void aPartOfAListThatIsNoneIsRefused(String query) {
		HttpResponse<String> answer = admin.get("/api/v1/tokens?" + query);

		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
		assertThat(answer.body()).contains("\"code\":\"INVALID_USAGE\"");
	}

	@ParameterizedTest
	@CsvSource({ "READ", "OPERATE", "RESTORE" })
	void whoIsNotAdminSeesAndMakesNoTokens(Scope scope) {
		HttpCalls caller = HttpCalls.to(server).with(token(scope).secret().reveal());

		assertThat(caller.get("/api/v1/me").statusCode()).isEqualTo(200);
		for (HttpResponse<String> answer : List.of(caller.get("/api/v1/tokens"),
				caller.send("POST", "/api/v1/tokens", "{\"name\":\"a\",\"scopes\":[\"admin\"]}"))) {
			assertThat(answer.statusCode()).isEqualTo(403);
			assertThat(answer.body()).contains("\"code\":\"NOT_ALLOWED\"", "this needs the scope 'admin'",
					" has '%s'".formatted(scope));
		}
	}

	@Test
	void whatIsNotThereIsSaidToWhoMayAsk() {
		assertThat(admin.get("/api/v1/nothing").body()).contains("\"status\":404", "there is nothing at this address");
		assertThat(admin.send("PATCH", "/api/v1/me", "{}").body()).contains("\"status\":405",
				"this address does not take PATCH");
		assertThat(admin.send("PATCH", "/api/v1/me", "{}").headers().firstValue("Allow")).hasValue("GET");
		assertThat(admin.send(
				admin.request("/api/v1/tokens").header("Content-Type", "text/plain").POST(BodyPublishers.ofString("x")))
			.body()).contains("\"status\":415");
		assertThat(admin.send(admin.request("/api/v1/me").header("Accept", "text/csv")).body())
			.contains("\"status\":406");
	}

	@Test
	void whoGuessesHasToWaitAndNobodyElse() {
		HttpCalls guess = HttpCalls.to(server).with("lh_guess");
		for (int i = 0; i < 10; i++) {
			assertThat(from("192.0.2.7", guess).statusCode()).isEqualTo(401);
		}

		HttpResponse<String> answer = from("192.0.2.7", guess);
		assertThat(answer.statusCode()).isEqualTo(429);
		assertThat(answer.headers().firstValue("Retry-After")).isPresent();
		assertThat(from("192.0.2.7", admin).statusCode()).as("the right one would be told apart").isEqualTo(429);
		assertThat(from("192.0.2.8", admin).statusCode()).isEqualTo(200);
	}

	private static HttpResponse<String> from(String address, HttpCalls caller) {
		return caller.send(caller.request("/api/v1/me").header("X-Forwarded-For", address));
	}

	@Test
	void aTokenIsNoTokenAfterItsTime() {
		NewToken brief = server.tokens()
			.create(new TokenOrder("brief", Set.of(Scope.READ), Duration.ofNanos(1000)), "test");

		assertThat(HttpCalls.to(server).with(brief.secret().reveal()).get("/api/v1/me").statusCode()).isEqualTo(401);
	}

	@Test
	void aPersonSignsInWithATokenAndIsWhereTheyWantedToBe() {
		Browser browser = Browser.of(server);
		HttpResponse<String> closed = browser.get("/api-of-pages?x=1");
		assertThat(closed.statusCode()).isEqualTo(401);
		assertThat(closed.body()).contains("name=\"next\" value=\"/api-of-pages?x=1\"");
		assertThat(closed.headers().firstValue("Content-Security-Policy").orElseThrow())
			.contains("default-src 'none'", "frame-ancestors 'none'")
			.doesNotContain("unsafe");

		HttpResponse<String> wrong = browser.post("/login", Map.of("_csrf", Browser.csrf(closed), "token", "lh_no"));
		assertThat(wrong.statusCode()).isEqualTo(401);
		assertThat(wrong.body()).contains("role=\"alert\"", "has expired or was revoked").doesNotContain("lh_no");

		NewToken token = token(Scope.READ);
		HttpResponse<String> in = browser.post("/login",
				Map.of("_csrf", Browser.csrf(wrong), "token", token.secret().reveal(), "next", "/api-of-pages?x=1"));
		assertThat(in.statusCode()).as(in.body()).isEqualTo(302);
		assertThat(in.headers().firstValue("Location")).hasValue("/api-of-pages?x=1");
		assertThat(in.headers().allValues("Set-Cookie"))
			.anySatisfy(cookie -> assertThat(cookie).matches("longhaul=[0-9A-F]+; Path=/; HttpOnly; SameSite=Lax"));
		assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);

		server.tokens().revoke(token.token().id());
		assertThat(browser.get("/api/v1/me").statusCode()).as("its session ends with it").isEqualTo(401);
	}

	@Test
	void theLoginCanBeLookedAtByAnybody() {
		HttpResponse<String> page = Browser.of(server).get("/login");
		Matcher assets = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"").matcher(page.body());

		List<String> found = assets.results().map(match -> match.group(1)).toList();
		assertThat(found).hasSize(3);
		for (String path : found) {
			HttpResponse<String> asset = HttpCalls.to(server).get(path);
			assertThat(asset.statusCode()).isEqualTo(200);
			assertThat(asset.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
		}
		assertThat(HttpCalls.to(server).get("/assets/0000000000000000/longhaul.css").statusCode()).isEqualTo(404);
		assertThat(HttpCalls.to(server).send("POST", found.get(0), "").statusCode()).isEqualTo(401);
	}

	@Test
	void whoSignsOutIsOut() {
		Browser browser = signedIn(Scope.ADMIN);
		HttpResponse<String> page = browser.get("/login");

		assertThat(browser.post("/logout", Map.of("_csrf", Browser.csrf(page))).statusCode()).isEqualTo(302);
		assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
	}

	@Test
	void whatAnotherSiteMakesABrowserSendDoesNothing() {
		Browser browser = signedIn(Scope.ADMIN);

		for (String path : new String[] { "/api/v1/tokens", "/logout", "/login" }) {
			HttpResponse<String> answer = browser.post(path, Map.of("token", "x"));
			assertThat(answer.statusCode()).as(path).isEqualTo(403);
		}
		assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)",
			"/%0d%0aX: y\r\nX: y", "/login", "" })
	void nobodyIsSentSomewhereElseAfterSigningIn(String next) {
		Browser browser = Browser.of(server);
		HttpResponse<String> page = browser.get("/login");

		HttpResponse<String> in = browser.post("/login",
				Map.of("_csrf", Browser.csrf(page), "token", token(Scope.READ).secret().reveal(), "next", next));

		assertThat(in.headers().firstValue("Location")).hasValue("/");
	}

	@Test
	void behindTlsItsCookiesAreOfThisHostOnly() throws Exception {
		ServedConfiguration secure = ServedConfiguration.in(directory.resolve("tls"))
			.with("server: {port: 0, public-url: \"https://longhaul.example.org\", proxies: [127.0.0.1]}");
		try (Server other = secure.serve()) {
			HttpCalls calls = HttpCalls.to(other);
			HttpResponse<String> page = calls
				.send(calls.request("/login").header("X-Forwarded-Proto", "https").header("Accept", "text/html"));

			assertThat(page.headers().allValues("Set-Cookie")).singleElement()
				.asString()
				.matches("__Host-longhaul-page=[^;]+; Path=/; Secure; HttpOnly; SameSite=Strict");
			assertThat(page.headers().firstValue("Strict-Transport-Security")).isPresent();
		}
	}

	private static NewToken token(Scope scope) {
		return server.tokens().create(new TokenOrder("test", Set.of(scope), null), "test");
	}

	private static Browser signedIn(Scope scope) {
		return Browser.of(server).signIn(token(scope).secret().reveal());
	}

}
