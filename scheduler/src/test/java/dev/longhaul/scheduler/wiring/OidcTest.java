package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Against an OpenID provider that answers over HTTP and signs its tokens with a key of
 * its own.
 */
class OidcTest {

	@TempDir
	private Path directory;

	private ECKey key;

	private HttpServer provider;

	private String issuer;

	/** What it answers when it is asked for its keys; null to stay silent. */
	private volatile String keys;

	private Server server;

	@BeforeEach
	void serve() throws Exception {
		key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
		keys = new JWKSet(key.toPublicJWK()).toString();
		provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		issuer = "http://127.0.0.1:" + provider.getAddress().getPort() + "/realms/home";
		provider.createContext("/realms/home/.well-known/openid-configuration",
				exchange -> answer(exchange, "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(issuer, issuer)));
		provider.createContext("/realms/home/keys", exchange -> {
			if (keys != null) {
				answer(exchange, keys);
			}
		});
		provider.setExecutor(Executors.newCachedThreadPool());
		provider.start();
		server = ServedConfiguration.in(directory)
			.with("server: {port: 0, oidc: {issuer: \"%s\", audience: longhaul, ".formatted(issuer)
					+ "roles-claim: realm_access.roles, roles: {backup-admin: admin, staff: read}}}")
			.serve();
	}

	@AfterEach
	void close() {
		server.close();
		provider.stop(0);
	}

	@Test
	void aUserMayWhatTheirRolesSay() throws JOSEException {
		HttpResponse<String> me = me(signed(claims("backup-admin", "other")));

		assertThat(me.statusCode()).as(me.body()).isEqualTo(200);
		assertThat(me.body()).isEqualTo("{\"name\":\"user ada (4711)\",\"scopes\":[\"admin\"]}");
		assertThat(HttpCalls.to(server).with(signed(claims("staff"))).get("/api/v1/tokens").statusCode())
			.isEqualTo(403);
	}

	@Test
	void whatTheProviderDidNotSayForThisServerAndNowIsNotBelieved() throws JOSEException {
		Instant now = Clock.systemUTC().instant();

		assertRefused(signed(claims("guest")));
		assertRefused(signed(builder("staff").audience("grafana").build()));
		assertRefused(signed(builder("staff").issuer(issuer + "/").build()));
		assertRefused(signed(builder("staff").subject(null).build()));
		assertRefused(signed(builder("staff").expirationTime(Date.from(now.minusSeconds(90))).build()));
		assertRefused(signed(builder("staff").expirationTime(null).build()));
		assertRefused(signed(builder("staff").expirationTime(Date.from(now.plus(Duration.ofDays(30)))).build()));
		assertRefused(signed(builder("staff").notBeforeTime(Date.from(now.plusSeconds(90))).build()));
	}

	@Test
	void whatIsNotSignedByTheProviderIsNotBelieved() throws JOSEException {
		JWTClaimsSet claims = claims("backup-admin");
		ECKey other = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
		byte[] published = key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);

		assertRefused(new PlainJWT(claims).serialize());
		assertRefused(sign(claims, JWSAlgorithm.ES256, new ECDSASigner(other)));
		assertRefused(sign(claims, JWSAlgorithm.HS256, new MACSigner(published)));
		assertRefused(signed(claims).replaceAll("\\.[^.]+$", "."));
	}

	@Test
	void aProviderThatSaysNothingIsNotWaitedForLong() throws JOSEException {
		keys = null;

		HttpResponse<String> answer = me(signed(claims("staff")));

		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("Retry-After")).isPresent();
		assertThat(answer.body()).contains("\"code\":\"ISSUER_UNREACHABLE\"")
			.contains("the issuer '" + issuer + "' does not answer as it should");
	}

	@Test
	void keysWithoutEndAreNotRead() throws JOSEException {
		keys = "{\"keys\":[" + " ".repeat(300_000) + keys.substring(9);

		assertThat(me(signed(claims("staff"))).statusCode()).isEqualTo(503);
	}

	private void assertRefused(String token) {
		HttpResponse<String> answer = me(token);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
	}

	private HttpResponse<String> me(String token) {
		return HttpCalls.to(server).with(token).get("/api/v1/me");
	}

	private JWTClaimsSet claims(String... roles) {
		return builder(roles).build();
	}

	private JWTClaimsSet.Builder builder(String... roles) {
		return new JWTClaimsSet.Builder().issuer(issuer)
			.audience(List.of("longhaul", "account"))
			.subject("4711")
			.claim("preferred_username", "ada")
			.claim("realm_access", Map.of("roles", List.of(roles)))
			.expirationTime(Date.from(Clock.systemUTC().instant().plusSeconds(300)));
	}

	private String signed(JWTClaimsSet claims) throws JOSEException {
		return sign(claims, JWSAlgorithm.ES256, new ECDSASigner(key));
	}

	private static String sign(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID("one").build(), claims);
		token.sign(signer);
		return token.serialize();
	}

	private static void answer(HttpExchange exchange, String json) throws IOException {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

}
