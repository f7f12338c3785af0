package dev.longhaul.scheduler.access;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in whom an OpenID provider knows: the authorization code flow with PKCE.
 * What they may do is in the provider's token for this server, or in the access token
 * that comes with it, where some providers keep roles.
 */
public final class SingleSignOn {

	/**
	 * Codes that are exchanged at once: each holds a thread while the provider thinks.
	 */
	private static final int AT_ONCE = 4;

	private static final int LONGEST_CODE = 4096;

	/** As RFC 6749 has them; anything else is not repeated to anybody. */
	private static final Pattern ERROR = Pattern.compile("[a-z_]{1,40}");

	private final Issuer issuer;

	private final SignOnClient client;

	private final Throttle throttle;

	private final TokenEndpoint endpoint = new TokenEndpoint();

	private final Semaphore places = new Semaphore(AT_ONCE);

	private final SecureRandom random = new SecureRandom();

	public SingleSignOn(Issuer issuer, SignOnClient client, Throttle throttle) {
		this.issuer = issuer;
		this.client = client;
		this.throttle = throttle;
	}

	/** Who is asked, for people. */
	public String provider() {
		return issuer.host();
	}

	public SignOnAttempt begin() {
		return SignOnAttempt.begin(random);
	}

	/**
	 * Where a browser goes with an attempt.
	 * @throws TransientFailure if the provider does not say
	 */
	public URI address(SignOnAttempt attempt) {
		Map<String, String> query = new LinkedHashMap<>();
		query.put("response_type", "code");
		query.put("client_id", client.id());
		query.put("redirect_uri", client.redirect().toString());
		query.put("scope", String.join(" ", client.scopes()));
		query.put("state", attempt.state());
		query.put("nonce", attempt.nonce());
		query.put("code_challenge", attempt.challenge());
		query.put("code_challenge_method", "S256");
		URI authorization = issuer.endpoint("authorization_endpoint");
		return URI.create(authorization + ((authorization.getRawQuery() != null) ? "&" : "?") + form(query));
	}

	/**
	 * @param attempt that this browser began
	 * @param address it calls from
	 * @throws RefusedRequest if the answer is not one to this attempt, or the provider
	 * lets nobody in
	 * @throws TransientFailure if the provider cannot be asked, or the address has to
	 * wait
	 */
	public Caller finish(SignOnAttempt attempt, SignOnAnswer answer, String address) {
		throttle.require(address);
		try {
			Caller caller = exchanged(attempt, code(attempt, answer));
			throttle.succeeded(address);
			return caller;
		}
		catch (RefusedRequest ex) {
			throttle.failed(address);
			throw ex;
		}
	}

	private String code(SignOnAttempt attempt, SignOnAnswer answer) {
		if (answer.state() == null || !attempt.isState(answer.state())) {
			throw refused("this answer is not one to a question of this browser");
		}
		if (answer.issuer() != null && !issuer.isNamed(answer.issuer())) {
			throw refused("this answer is of another provider");
		}
		String error = answer.error();
		if (error != null) {
			throw refused("the provider let nobody in" + reason(error));
		}
		String code = answer.code();
		if (code == null || code.isEmpty() || code.length() > LONGEST_CODE) {
			throw refused("this answer has no code");
		}
		return code;
	}

	private static String reason(String error) {
		return ERROR.matcher(error).matches() ? " (" + error + ")" : "";
	}

	private Caller exchanged(SignOnAttempt attempt, String code) {
		if (!places.tryAcquire()) {
			throw new TransientFailure(FailureCode.TOO_MANY_CALLS, "too many sign in at once", "try again in a minute");
		}
		try {
			return caller(attempt, tokens(attempt, code));
		}
		finally {
			places.release();
		}
	}

	private TokenEndpoint.Answer tokens(SignOnAttempt attempt, String code) {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("grant_type", "authorization_code");
		form.put("code", code);
		form.put("redirect_uri", client.redirect().toString());
		form.put("code_verifier", attempt.verifier());
		String authorization = identify(form);
		TokenEndpoint.Answer answer;
		try {
			answer = endpoint.post(issuer.endpoint("token_endpoint"), form(form), authorization);
		}
		catch (IOException ex) {
			throw issuer.unreachable(ex);
		}
		if (answer.status() >= 500) {
			throw issuer.unreachable(null);
		}
		if (answer.status() != 200) {
			throw refused("the provider did not take the code" + reason(answer.text("error")));
		}
		return answer;
	}

	/** A public client says who it is, a confidential one proves it (RFC 6749, 2.3.1). */
	private @Nullable String identify(Map<String, String> form) {
		if (client.secret() == null) {
			form.put("client_id", client.id());
			return null;
		}
		String secret = client.secret().read();
		List<String> methods = issuer.words("token_endpoint_auth_methods_supported");
		if (methods.contains("client_secret_post") && !methods.contains("client_secret_basic")) {
			form.put("client_id", client.id());
			form.put("client_secret", secret);
			return null;
		}
		String both = encoded(client.id()) + ":" + encoded(secret);
		return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
	}

	private Caller caller(SignOnAttempt attempt, TokenEndpoint.Answer tokens) {
		JWTClaimsSet claims = issuer.believed(tokens.text("id_token"), client.id())
			.filter(known -> attempt.nonce().equals(known.getClaim("nonce")))
			.filter(this::isForUs)
			.orElseThrow(() -> refused("the provider's token is not one to believe"));
		return issuer.caller(claims)
			.or(() -> rolesBeside(claims, tokens.text("access_token")))
			.orElseThrow(() -> new RefusedRequest(FailureCode.NOT_ALLOWED,
					"the provider knows %s, who has no role that allows anything here".formatted(Issuer.name(claims)),
					"longhaul.server.oidc.roles says which roles allow what"));
	}

	/** Among several audiences it names the one that it was made for. */
	private boolean isForUs(JWTClaimsSet claims) {
		Object party = claims.getClaim("azp");
		return (party != null) ? client.id().equals(party) : claims.getAudience().size() == 1;
	}

	/** Only of the same person, and no longer than the shorter of both. */
	private Optional<Caller> rolesBeside(JWTClaimsSet claims, String accessToken) {
		return issuer.believed(accessToken)
			.filter(access -> claims.getSubject().equals(access.getSubject()))
			.flatMap(issuer::caller)
			.map(caller -> caller.noLongerThan(Issuer.end(claims)));
	}

	private static RefusedRequest refused(String fact) {
		return new RefusedRequest(FailureCode.NOT_AUTHENTICATED, fact, "sign in again");
	}

	private static String form(Map<String, String> fields) {
		return fields.entrySet()
			.stream()
			.map(field -> field.getKey() + "=" + encoded(field.getValue()))
			.collect(Collectors.joining("&"));
	}

	private static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

}
