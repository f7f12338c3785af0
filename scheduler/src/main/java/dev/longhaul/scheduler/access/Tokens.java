package dev.longhaul.scheduler.access;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tokens of this server. Of each, its hash is kept and nothing that could be used.
 * <p>
 * A token is found by its hash: how long that takes says nothing about any token, because
 * nobody can choose what a hash begins with.
 */
public final class Tokens {

	private static final String COLUMNS = "id, name, scopes, created_at, created_by, expires_at, last_used_at,"
			+ " revoked_at";

	/** How exactly its last use is known: more would be a write for every request. */
	private static final Duration COARSE = Duration.ofHours(1);

	private final JdbcClient database;

	private final Clock clock;

	private final SecureRandom random = new SecureRandom();

	public Tokens(JdbcClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/**
	 * @param by who wants it, as the audit log names callers
	 */
	public NewToken create(TokenOrder order, String by) {
		return createKept(order, by, secret -> {
		});
	}

	/**
	 * @param keep puts the secret where its owner finds it, before it is valid
	 */
	NewToken createKept(TokenOrder order, String by, Consumer<TokenSecret> keep) {
		Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
		TokenSecret secret = TokenSecret.create(random);
		Duration lifetime = order.lifetime();
		Token token = new Token(UUID.randomUUID().toString(), order.name(), order.scopes(), now, by,
				(lifetime != null) ? now.plus(lifetime) : null, null, null);
		keep.accept(secret);
		database
			.sql("INSERT INTO access_token (id, hash, name, scopes, created_at, created_by, expires_at)"
					+ " VALUES (?, ?, ?, ?, ?, ?, ?)")
			.params(token.id(), secret.hash(), token.name(), Scope.words(token.scopes()), at(now), by)
			.param((token.expiresAt() != null) ? at(token.expiresAt()) : null)
			.update();
		return new NewToken(token, secret);
	}

	/** The one it is, if it may still be used; its use is noted. */
	Optional<Token> use(TokenSecret secret) {
		Instant now = clock.instant();
		Optional<Token> found = database.sql("SELECT " + COLUMNS + " FROM access_token WHERE hash = ?")
			.param(secret.hash())
			.query(Tokens::token)
			.optional()
			.filter(token -> token.isValid(now));
		found.filter(token -> token.lastUsedAt() == null || token.lastUsedAt().isBefore(now.minus(COARSE)))
			.ifPresent(token -> database.sql("UPDATE access_token SET last_used_at = ? WHERE id = ?")
				.params(at(now.truncatedTo(ChronoUnit.HOURS)), token.id())
				.update());
		return found;
	}

	public Optional<Token> find(String id) {
		return database.sql("SELECT " + COLUMNS + " FROM access_token WHERE id = ?")
			.param(id)
			.query(Tokens::token)
			.optional();
	}

	boolean isValid(String id) {
		return find(id).filter(token -> token.isValid(clock.instant())).isPresent();
	}

	/** Whether there ever was one. */
	boolean isEmpty() {
		return database.sql("SELECT COUNT(*) FROM access_token").query(Long.class).single() == 0;
	}

	/**
	 * In the order of their ids.
	 * @param after the last id that is known; empty to begin
	 */
	public List<Token> list(String after, int limit) {
		return database.sql("SELECT " + COLUMNS + " FROM access_token WHERE id > ? ORDER BY id LIMIT ?")
			.params(after, limit)
			.query(Tokens::token)
			.list();
	}

	/**
	 * For good. Again is the same.
	 * @return whether there is such a token
	 */
	public boolean revoke(String id) {
		database.sql("UPDATE access_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL")
			.params(at(clock.instant()), id)
			.update();
		return find(id).isPresent();
	}

	private static Token token(ResultSet row, int number) throws SQLException {
		return new Token(row.getString("id"), row.getString("name"), Scope.parse(row.getString("scopes")),
				row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getString("created_by"),
				instant(row, "expires_at"), instant(row, "last_used_at"), instant(row, "revoked_at"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
		return (moment != null) ? moment.toInstant() : null;
	}

	private static OffsetDateTime at(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

}
