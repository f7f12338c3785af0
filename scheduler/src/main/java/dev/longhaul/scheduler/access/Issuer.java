package dev.longhaul.scheduler.access;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider, whose tokens are believed as far as they name this server as their
 * audience. Nobody is asked before the first of them comes.
 */
public final class Issuer {

	/** Of the provider's answers. */
	private static final Duration CONNECT = Duration.ofSeconds(3);

	private static final Duration READ = Duration.ofSeconds(5);

	/** In bytes; the keys of a provider take a few KiB. */
	private static final int LARGEST = 256 * 1024;

	/** Until a provider that could not be reached is asked again. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/** By which the clocks of both may differ. */
	private static final Duration SKEW = Duration.ofSeconds(60);

	/** A token that lives longer was not made for calls. */
	private static final Duration LONGEST_LIFE = Duration.ofDays(1);

	/** Only such as need the provider's private key. */
	private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384,
			JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.ES384);

	private final IssuerTrust trust;

	private final Clock clock;

	private final DefaultResourceRetriever web = new DefaultResourceRetriever((int) CONNECT.toMillis(),
			(int) READ.toMillis(), LARGEST);

	private @Nullable DefaultJWTProcessor<SecurityContext> processor;

	/** What the provider says of itself; null until it was asked. */
	private @Nullable Map<String, Object> configuration;

	private Instant askAgain = Instant.MIN;

	public Issuer(IssuerTrust trust, Clock clock) {
		this.trust = trust;
		this.clock = clock;
	}

	/**
	 * @return empty if the token is not one to believe
	 * @throws TransientFailure if its keys cannot be read
	 */
	Optional<Caller> caller(String token) {
		return believed(token).flatMap(this::caller);
	}

	/** What a token for this server says. */
	Optional<JWTClaimsSet> believed(String token) {
		return believed(token, trust.audience());
	}

	/**
	 * What a token says that was signed by the provider, for this audience, and is in
	 * force.
	 * @return empty if it is not one to believe
	 * @throws TransientFailure if its keys cannot be read
	 */
	Optional<JWTClaimsSet> believed(String token, String audience) {
		try {
			JWTClaimsSet claims = processor().process(token, null);
			boolean ours = claims.getSubject() != null && isNamed(claims.getIssuer())
					&& claims.getAudience().contains(audience) && isInForce(claims);
			return ours ? Optional.of(claims) : Optional.empty();
		}
		catch (KeySourceException ex) {
			throw unreachable(ex);
		}
		catch (ParseException | BadJOSEException | JOSEException ex) {
			return Optional.empty();
		}
	}

	/**
	 * @param claims that are believed
	 * @return empty if none of its roles allows anything
	 */
	Optional<Caller> caller(JWTClaimsSet claims) {
		Set<Scope> scopes = EnumSet.noneOf(Scope.class);
		roles(claims).forEach(role -> Optional.ofNullable(trust.roles().get(role)).ifPresent(scopes::add));
		return scopes.isEmpty() ? Optional.empty()
				: Optional.of(new Caller("user " + name(claims), scopes, null, end(claims)));
	}

	/** When a token ceases to be believed. */
	static Instant end(JWTClaimsSet claims) {
		return claims.getExpirationTime().toInstant().plus(SKEW);
	}

	boolean isNamed(@Nullable String name) {
		return trust.issuer().equals(name);
	}

	/** For people. */
	String host() {
		return URI.create(trust.issuer()).getHost();
	}

	/**
	 * Where the provider does something.
	 * @param name as its configuration has it
	 * @throws TransientFailure if it does not say, or names a place that is less safe
	 * than itself
	 */
	URI endpoint(String name) {
		try {
			URI endpoint = new URI(String.valueOf(configuration().get(name)));
			boolean safe = "https".equals(endpoint.getScheme())
					|| ("http".equals(endpoint.getScheme()) && trust.issuer().startsWith("http:"));
			if (safe && endpoint.getHost() != null && endpoint.getRawUserInfo() == null
					&& endpoint.getRawFragment() == null) {
				return endpoint;
			}
			throw unreachable(null);
		}
		catch (URISyntaxException ex) {
			throw unreachable(ex);
		}
	}

	/** A list of its configuration; empty if it has none of that name. */
	List<String> words(String name) {
		return (configuration().get(name) instanceof List<?> list) ? list.stream().map(String::valueOf).toList()
				: List.of();
	}

	private boolean isInForce(JWTClaimsSet claims) {
		Instant now = clock.instant();
		Date expires = claims.getExpirationTime();
		Date notBefore = claims.getNotBeforeTime();
		return expires != null && now.isBefore(expires.toInstant().plus(SKEW))
				&& expires.toInstant().isBefore(now.plus(LONGEST_LIFE))
				&& (notBefore == null || !now.isBefore(notBefore.toInstant().minus(SKEW)));
	}

	/** Who it is about, for people and the audit log. */
	static String name(JWTClaimsSet claims) {
		Object preferred = claims.getClaim("preferred_username");
		String name = (preferred instanceof String text) ? text + " (" + claims.getSubject() + ")"
				: claims.getSubject();
		return name.substring(0, Math.min(name.length(), 150)).replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
	}

	/** The claim may be within others, as in {@code realm_access.roles}. */
	private List<String> roles(JWTClaimsSet claims) {
		@Nullable Object value = claims.getClaims();
		for (String step : trust.rolesClaim().split("\\.", -1)) {
			value = (value instanceof Map<?, ?> map) ? map.get(step) : null;
		}
		if (value instanceof String words) {
			return List.of(words.split(" ", -1));
		}
		return (value instanceof List<?> list) ? list.stream().map(String::valueOf).toList() : List.of();
	}

	private synchronized DefaultJWTProcessor<SecurityContext> processor() {
		DefaultJWTProcessor<SecurityContext> known = processor;
		if (known != null) {
			return known;
		}
		try {
			URL keys = new URL(String.valueOf(configuration().get("jwks_uri")));
			JWKSource<SecurityContext> source = JWKSourceBuilder.<SecurityContext>create(keys, web)
				.retrying(true)
				.build();
			DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
			made.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, source));
			// Done by this class, with the clock of this server.
			made.setJWTClaimsSetVerifier((claims, context) -> {
			});
			processor = made;
			return made;
		}
		catch (MalformedURLException ex) {
			throw unreachable(ex);
		}
	}

	private synchronized Map<String, Object> configuration() {
		Map<String, Object> known = configuration;
		if (known != null) {
			return known;
		}
		if (clock.instant().isBefore(askAgain)) {
			throw unreachable(null);
		}
		try {
			Map<String, Object> read = read();
			configuration = read;
			return read;
		}
		catch (IOException | ParseException ex) {
			askAgain = clock.instant().plus(PATIENCE);
			throw unreachable(ex);
		}
	}

	private Map<String, Object> read() throws IOException, ParseException {
		String issuer = trust.issuer();
		String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
		Map<String, Object> discovered = JSONObjectUtils
			.parse(web.retrieveResource(new URL(base + "/.well-known/openid-configuration")).getContent());
		if (!issuer.equals(discovered.get("issuer"))) {
			throw new MalformedURLException("its configuration is of another issuer");
		}
		return discovered;
	}

	TransientFailure unreachable(@Nullable Exception cause) {
		return new TransientFailure(FailureCode.ISSUER_UNREACHABLE,
				"the issuer '%s' does not answer as it should".formatted(trust.issuer()),
				"check the provider, and longhaul.server.oidc; tokens of this server itself go on working", cause);
	}

}
