package dev.longhaul.scheduler.access;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a token; the token itself is not.
 *
 * @param name for people
 * @param createdBy who made it, as the audit log names callers
 * @param expiresAt null for never
 * @param lastUsedAt to the hour; null for never
 * @param revokedAt null if it is not revoked
 */
public record Token(String id, String name, Set<Scope> scopes, Instant createdAt, String createdBy,
		@Nullable Instant expiresAt, @Nullable Instant lastUsedAt, @Nullable Instant revokedAt) {

	public Token {
		scopes = Set.copyOf(scopes);
	}

	boolean isValid(Instant now) {
		return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
	}

}
