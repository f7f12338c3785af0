package dev.longhaul.scheduler.access;

import java.time.Duration;
import java.util.Set;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A token that somebody wants.
 *
 * @param name for people, at most 100 characters
 * @param scopes at least one
 * @param lifetime null for one that never expires
 */
public record TokenOrder(String name, Set<Scope> scopes, @Nullable Duration lifetime) {

	private static final int LONGEST_NAME = 100;

	private static final Duration LONGEST_LIFETIME = Duration.ofDays(3660);

	public TokenOrder {
		scopes = Set.copyOf(scopes);
		if (name.isBlank() || name.length() > LONGEST_NAME || !name.matches("[^\\p{Cntrl}\\p{Cf}]*")) {
			throw refused("a name has 1 to %d characters that can be printed".formatted(LONGEST_NAME));
		}
		if (scopes.isEmpty()) {
			throw refused("a token without a scope opens nothing");
		}
		if (lifetime != null
				&& (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST_LIFETIME) > 0)) {
			throw refused("a token lives at most ten years, and more than not at all");
		}
	}

	private static RefusedRequest refused(String fact) {
		return new RefusedRequest(FailureCode.INVALID_USAGE, fact, "scopes are read, operate, restore and admin");
	}

}
