package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longhaul.core.failure.LonghaulException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Against an OpenID provider that answers over HTTP, checks what it is sent as RFC 6749
 * and 7636 want it, and lies in every way that a test asks for.
 */
class SingleSignOnTest {

	private static final String REDIRECT = "http://longhaul.example.org/login/single/answer";

	@TempDir
	private Path directory;

	private ECKey key;

	private HttpServer provider;

	private ExecutorService threads;

	private String issuer;

	/** How the provider's next token differs from a good one. */
	private UnaryOperator<JWTClaimsSet.Builder> lie = UnaryOperator.identity();

	/** What comes beside it. */
	private String accessToken = "opaque";

	/** Forms that the token endpoint was sent, with the authorization before them. */
	private final List<String> asked = new CopyOnWriteArrayList<>();

	private volatile boolean silent;

	private volatile String challenge = "";

	private volatile String nonce = "";

	private Server server;

	@BeforeEach
	void serve() throws Exception {
		key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
		provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		issuer = "http://127.0.0.1:" + provider.getAddress().getPort() + "/realms/home";
		provider.createContext("/realms/home/.well-known/openid-configuration", exchange -> answer(exchange, 200,
				"{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\",\"authorization_endpoint\":\"%s/auth?theme=dark\",\"token_endpoint\":\"%s/token\"}"
					.formatted(issuer, issuer, issuer, issuer)));
		provider.createContext("/realms/home/keys",
				exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
		provider.createContext("/realms/home/token", this::token);
		threads = Executors.newCachedThreadPool();
		provider.setExecutor(threads);
		provider.start();
		Files.writeString(directory.resolve("secret"), "p:ss wörd\n");
		server = serve(", client-secret-file: \"%s\"".formatted(directory.resolve("secret")));
	}

	private Server serve(String more) {
		return ServedConfiguration.in(directory)
			.with("server: {port: 0, public-url: \"http://longhaul.example.org\", oidc: {issuer: \"%s\", audience: longhaul, "
				.formatted(issuer)
					+ "client-id: longhaul-pages, roles-claim: realm_access.roles, roles: {backup-admin: admin, staff: read}"
					+ more + "}}")
			.serve();
	}

	@AfterEach
	void close() {
		server.close();
		provider.stop(0);
		threads.shutdownNow();
	}

	@Test
	void somebodyWhomTheProviderKnowsIsLetInWhereTheyWantedToBe() throws Exception {
		Browser browser = Browser.of(server);
		String page = browser.get("/api-of-pages?x=1").body();
		assertThat(page).contains("<a href=\"/login/single?next=%2Fapi-of-pages%3Fx%3D1\">log in with 127.0.0.1</a>");

		Map<String, String> question = begin(browser, "/api-of-pages?x=1");
		assertThat(question).containsEntry("theme", "dark")
			.containsEntry("response_type", "code")
			.containsEntry("client_id", "longhaul-pages")
			.containsEntry("redirect_uri", REDIRECT)
			.containsEntry("scope", "openid profile")
			.containsEntry("code_challenge_method", "S256");
		HttpResponse<String> in = answer(browser, "state=" + question.get("state") + "&code=c0de&session_state=x");

		assertThat(in.statusCode()).as(in.body()).isEqualTo(302);
		assertThat(in.headers().firstValue("Location")).hasValue("/api-of-pages?x=1");
		assertThat(browser.get("/api/v1/me").body()).isEqualTo("{\"name\":\"user ada (4711)\",\"scopes\":[\"read\"]}");
		assertThat(asked).singleElement()
			.asString()
			.startsWith("Basic " + Base64.getEncoder()
				.encodeToString("longhaul-pages:p%3Ass+w%C3%B6rd".getBytes(StandardCharsets.UTF_8)));
		assertThat(server.auditLog().newestBefore(Long.MAX_VALUE, 1).toString()).contains("user ada (4711)", "sign in",
				"by 127.0.0.1");
	}

	@Test
	void anAnswerIsTakenOnce() throws Exception {
		Browser browser = Browser.of(server);
		String answer = "state=" + begin(browser, "/").get("state") + "&code=c0de";
		assertThat(answer(browser, answer).statusCode()).isEqualTo(302);

		assertRefused(answer(browser, answer), "this browser did not begin to sign in");
	}

	@Test
	void aSessionEndsWithTheTokenItIsOf() throws Exception {
		lie = claims -> claims.expirationTime(Date.from(now().minusSeconds(57)));
		Browser browser = signedIn();
		assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);

		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> browser.get("/api/v1/me").statusCode() == 401);
	}

	@Test
	void anAnswerToSomebodyElsesQuestionIsRefused() throws Exception {
		Browser mine = Browser.of(server);
		begin(mine, "/");
		Browser theirs = Browser.of(server);
		String stolen = begin(theirs, "/").get("state");

		assertRefused(answer(mine, "state=" + stolen + "&code=c0de"), "not one to a question of this browser");
		assertRefused(answer(Browser.of(server), "state=" + stolen + "&code=c0de"),
				"this browser did not begin to sign in");
		assertThat(asked).as("nobody is asked for what cannot be right").isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonce", "audience", "azp", "two audiences", "expired", "endless", "issuer", "nobody",
			"another key", "no token", "an html page", "endless page", "redirect" })
	void whatTheProviderDidNotSayToUsNowIsNotBelieved(String what) throws Exception {
		lie = lies(what);
		Browser browser = Browser.of(server);

		HttpResponse<String> answer = answer(browser,
				"state=" + begin(browser, "/").get("state") + "&code=" + encoded(what));

		assertThat(answer.statusCode()).as(answer.body()).isIn(401, 503);
		assertThat(answer.body()).contains("role=\"alert\"");
		assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
	}

	private UnaryOperator<JWTClaimsSet.Builder> lies(String what) {
		return switch (what) {
			case "nonce" -> claims -> claims.claim("nonce", "another");
			case "audience" -> claims -> claims.audience("grafana");
			case "azp" -> claims -> claims.claim("azp", "grafana");
			case "two audiences" -> claims -> claims.audience(List.of("longhaul-pages", "grafana"));
			case "expired" -> claims -> claims.expirationTime(Date.from(now().minusSeconds(90)));
			case "endless" -> claims -> claims.expirationTime(Date.from(now().plus(Duration.ofDays(30))));
			case "issuer" -> claims -> claims.issuer(issuer + "/");
			case "nobody" -> claims -> claims.subject(null);
			default -> UnaryOperator.identity();
		};
	}

	@Test
	void whyTheProviderLetNobodyInIsSaidAsFarAsItIsSafe() throws Exception {
		Browser browser = Browser.of(server);

		assertRefused(answer(browser, "error=access_denied&state=" + begin(browser, "/").get("state")),
				"the provider let nobody in (access_denied)");
		HttpResponse<String> hostile = answer(browser,
				"error=" + encoded("<script>") + "&state=" + begin(browser, "/").get("state"));
		assertRefused(hostile, "the provider let nobody in");
		assertThat(hostile.body()).doesNotContain("&lt;script");
		assertRefused(
				answer(browser,
						"iss=" + encoded("https://evil.example") + "&code=c&state=" + begin(browser, "/").get("state")),
				"this answer is of another provider");
	}

	@Test
	void aProviderThatSaysNothingIsNotWaitedForLong() throws Exception {
		Browser browser = Browser.of(server);
		String state = begin(browser, "/").get("state");
		silent = true;
		Instant before = now();

		HttpResponse<String> answer = answer(browser, "state=" + state + "&code=c0de");

		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.body()).contains("does not answer as it should");
		assertThat(Duration.between(before, now())).isLessThan(Duration.ofSeconds(12));
	}

	@Test
	void rolesMayBeInTheAccessTokenOfTheSamePerson() throws Exception {
		lie = claims -> claims.claim("realm_access", null);
		accessToken = signed(claims("backup-admin").audience("longhaul").build());
		assertThat(signedIn().get("/api/v1/me").body()).contains("\"scopes\":[\"admin\"]");

		accessToken = signed(claims("backup-admin").audience("longhaul").subject("another").build());
		Browser browser = Browser.of(server);
		HttpResponse<String> answer = answer(browser, "state=" + begin(browser, "/").get("state") + "&code=c0de");
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.body()).contains("the provider knows ada (4711), who has no role that allows anything here");
	}

	@Test
	void aPublicClientProvesItselfByTheVerifierAlone() throws Exception {
		server.close();
		server = serve("");

		assertThat(signedIn().get("/api/v1/me").statusCode()).isEqualTo(200);
		assertThat(asked).singleElement().asString().startsWith("null ").contains("client_id=longhaul-pages");
	}

	@ParameterizedTest
	@ValueSource(strings = { "//evil.example/", "https://evil.example/", "/login", "javascript:alert(1)" })
	void nobodyIsSentSomewhereElseAfterwards(String next) throws Exception {
		Browser browser = Browser.of(server);

		HttpResponse<String> in = answer(browser, "state=" + begin(browser, next).get("state") + "&code=c0de");

		assertThat(in.headers().firstValue("Location")).hasValue("/");
	}

	@Test
	void whoGuessesAnswersHasToWait() throws Exception {
		Browser browser = Browser.of(server);
		String state = begin(browser, "/").get("state");
		for (int i = 0; i < 10; i++) {
			browser = Browser.of(server);
			begin(browser, "/");
			assertThat(answer(browser, "state=" + state + "&code=c").statusCode()).isEqualTo(401);
		}

		begin(browser, "/");
		assertThat(answer(browser, "state=" + state + "&code=c").statusCode()).isEqualTo(429);
	}

	@Test
	void withoutAPublicAddressNobodyCouldComeBack() {
		ServedConfiguration wrong = ServedConfiguration.in(directory.resolve("wrong"))
			.with("server: {port: 0, oidc: {issuer: \"%s\", audience: longhaul, client-id: pages}}".formatted(issuer));

		assertThatThrownBy(wrong::serve).isInstanceOf(LonghaulException.class)
			.hasMessage("longhaul.server.oidc.client-id needs longhaul.server.public-url");
	}

	private Browser signedIn() throws Exception {
		Browser browser = Browser.of(server);
		HttpResponse<String> in = answer(browser, "state=" + begin(browser, "/").get("state") + "&code=c0de");
		assertThat(in.statusCode()).as(in.body()).isEqualTo(302);
		return browser;
	}

	/** What the provider is asked. */
	private Map<String, String> begin(Browser browser, String next) {
		HttpResponse<String> away = browser.get("/login/single?next=" + encoded(next));
		assertThat(away.statusCode()).as(away.body()).isEqualTo(302);
		String address = away.headers().firstValue("Location").orElseThrow();
		assertThat(address).startsWith(issuer + "/auth?");
		Map<String, String> question = form(address.substring(address.indexOf('?') + 1));
		challenge = question.get("code_challenge");
		nonce = question.get("nonce");
		return question;
	}

	private static HttpResponse<String> answer(Browser browser, String query) {
		return browser.get("/login/single/answer?" + query);
	}

	private static void assertRefused(HttpResponse<String> answer, String why) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
		assertThat(answer.body()).contains("role=\"alert\"", why);
	}

	private void token(HttpExchange exchange) throws IOException {
		if (silent) {
			return;
		}
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
		Map<String, String> form = form(body);
		boolean right = challenge.equals(challengeOf(form.getOrDefault("code_verifier", "")))
				&& REDIRECT.equals(form.get("redirect_uri")) && "authorization_code".equals(form.get("grant_type"));
		if (!right) {
			answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
			return;
		}
		switch (form.get("code")) {
			case "no token" -> answer(exchange, 200, "{}");
			case "an html page" -> answer(exchange, 200, "<html>");
			case "endless page" -> answer(exchange, 200,
					"{\"id_token\":\"%s\",\"a\":\"%s\"}".formatted(idToken("c0de"), "x".repeat(300_000)));
			case "redirect" -> {
				exchange.getResponseHeaders().set("Location", issuer + "/elsewhere");
				answer(exchange, 302, "{}");
			}
			default -> answer(exchange, 200, "{\"token_type\":\"Bearer\",\"access_token\":\"%s\",\"id_token\":\"%s\"}"
				.formatted(accessToken, idToken(form.get("code"))));
		}
	}

	private String idToken(String code) {
		try {
			ECKey signer = code.equals("another key") ? new ECKeyGenerator(Curve.P_256).keyID("one").generate() : key;
			return sign(lie.apply(claims("staff").audience("longhaul-pages").claim("nonce", nonce)).build(), signer);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private JWTClaimsSet.Builder claims(String... roles) {
		return new JWTClaimsSet.Builder().issuer(issuer)
			.subject("4711")
			.claim("preferred_username", "ada")
			.claim("realm_access", Map.of("roles", List.of(roles)))
			.expirationTime(Date.from(now().plusSeconds(300)));
	}

	private String signed(JWTClaimsSet claims) throws JOSEException {
		return sign(claims, key);
	}

	private static String sign(JWTClaimsSet claims, ECKey signer) throws JOSEException {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(), claims);
		token.sign(new ECDSASigner(signer));
		return token.serialize();
	}

	private static String challengeOf(String verifier) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Instant now() {
		return Clock.systemUTC().instant();
	}

	private static Map<String, String> form(String text) {
		return Arrays.stream(text.split("&"))
			.map(field -> field.split("=", 2))
			.collect(Collectors.toMap(field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static void answer(HttpExchange exchange, int status, String json) throws IOException {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

}
