package dev.longhaul.scheduler.access;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls.
 */
public final class Authenticator {

	private final Tokens tokens;

	private final @Nullable Issuer issuer;

	private final Throttle throttle;

	private final Clock clock;

	/**
	 * @param issuer of tokens that are not ours; null to believe nobody else
	 */
	public Authenticator(Tokens tokens, @Nullable Issuer issuer, Throttle throttle, Clock clock) {
		this.tokens = tokens;
		this.issuer = issuer;
		this.throttle = throttle;
		this.clock = clock;
	}

	/**
	 * @param credential a token
	 * @param address it came from
	 * @throws RefusedRequest if it is not valid; why is not said
	 * @throws TransientFailure if the address has to wait, or the issuer cannot be asked
	 */
	public Caller authenticate(String credential, String address) {
		throttle.require(address);
		Optional<Caller> caller = find(credential);
		if (caller.isEmpty()) {
			throttle.failed(address);
			throw new RefusedRequest(FailureCode.NOT_AUTHENTICATED,
					"this token is not known here, has expired or was revoked",
					"'longhaul-server token create' makes one");
		}
		throttle.succeeded(address);
		return caller.get();
	}

	private Optional<Caller> find(String credential) {
		if (TokenSecret.isMeant(credential)) {
			return TokenSecret.parse(credential).flatMap(tokens::use).map(Caller::of);
		}
		return (issuer != null) ? issuer.caller(credential) : Optional.empty();
	}

	/** Whether somebody who was let in before would be let in now. */
	public boolean isStillValid(Caller caller) {
		String token = caller.token();
		Instant until = caller.until();
		return (token == null || tokens.isValid(token)) && (until == null || clock.instant().isBefore(until));
	}

}
