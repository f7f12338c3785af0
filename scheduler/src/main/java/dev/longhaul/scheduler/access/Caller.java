package dev.longhaul.scheduler.access;

import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Who calls, as far as that is known.
 *
 * @param name as the audit log has it
 * @param token the id of the token; null for somebody an OpenID provider vouches for
 * @param until when that provider ceases to; null for a token, which may be revoked
 */
public record Caller(String name, Set<Scope> scopes, @Nullable String token,
		@Nullable Instant until) implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	public Caller {
		scopes = Set.copyOf(scopes);
	}

	static Caller of(Token token) {
		return new Caller("token " + token.name() + " (" + token.id().substring(0, 8) + ")", token.scopes(), token.id(),
				null);
	}

	/** The same, who has to prove it again at that instant. */
	Caller noLongerThan(Instant end) {
		return (until != null && until.isBefore(end)) ? this : new Caller(name, scopes, token, end);
	}

	public boolean may(Scope scope) {
		return scope.isWithin(scopes);
	}

}
