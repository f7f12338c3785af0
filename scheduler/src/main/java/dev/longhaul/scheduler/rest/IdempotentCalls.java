package dev.longhaul.scheduler.rest;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;

import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.web.Problem;
import dev.longhaul.scheduler.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does a call once, however often it is sent: who loses the answer sends the same call
 * with the same {@code Idempotency-Key} again, and gets it. A call that failed may be
 * sent again and is tried again. Answers are kept for a day.
 */
public final class IdempotentCalls {

	private static final Duration KEPT = Duration.ofDays(1);

	/** A call that has not ended by then never will: its process was killed. */
	private static final Duration LONGEST = Duration.ofMinutes(15);

	/** Of one caller in a day. */
	private static final int MOST = 2000;

	private static final String KEY = "[!-~]{1,200}";

	private final JdbcClient database;

	private final JsonMapper json;

	private final Clock clock;

	public IdempotentCalls(JdbcClient database, JsonMapper json, Clock clock) {
		this.database = database;
		this.json = json;
		this.clock = clock;
	}

	/**
	 * @param key null to do it without
	 * @param request everything that makes it this call and no other
	 * @param call whose answer holds no secret: it is stored
	 * @return the answer, as JSON
	 */
	ResponseEntity<byte[]> once(@Nullable String key, Caller caller, String request, Supplier<?> call) {
		if (key == null) {
			return answer(json.writeValueAsString(call.get()));
		}
		if (!key.matches(KEY)) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"an 'Idempotency-Key' has 1 to 200 characters of ASCII without blanks", "a random UUID is one");
		}
		String hash = Sha256.of(request);
		Optional<Kept> kept = begin(key, caller, hash);
		if (kept.isPresent()) {
			return answer(again(kept.get(), hash));
		}
		return answer(carryOut(key, caller, call));
	}

	private String carryOut(String key, Caller caller, Supplier<?> call) {
		String body;
		try {
			body = json.writeValueAsString(call.get());
		}
		catch (RuntimeException ex) {
			// Also one whose outcome is unknown: the same call finds out.
			forget(key, caller);
			throw ex;
		}
		database.sql("UPDATE idempotent_call SET status = 200, body = ? WHERE caller = ? AND idempotency_key = ?")
			.params(body, caller.name(), key)
			.update();
		return body;
	}

	private void forget(String key, Caller caller) {
		database.sql("DELETE FROM idempotent_call WHERE caller = ? AND idempotency_key = ?")
			.params(caller.name(), key)
			.update();
	}

	/**
	 * @return what is there of the same key; empty if the call is to be carried out
	 */
	private Optional<Kept> begin(String key, Caller caller, String hash) {
		Instant now = clock.instant();
		database.sql("DELETE FROM idempotent_call WHERE begun_at < ? OR (status IS NULL AND begun_at < ?)")
			.params(now.minus(KEPT).atOffset(ZoneOffset.UTC), now.minus(LONGEST).atOffset(ZoneOffset.UTC))
			.update();
		requireRoom(caller);
		try {
			database
				.sql("INSERT INTO idempotent_call (caller, idempotency_key, request_hash, begun_at)"
						+ " VALUES (?, ?, ?, ?)")
				.params(caller.name(), key, hash, now.atOffset(ZoneOffset.UTC))
				.update();
			return Optional.empty();
		}
		catch (DuplicateKeyException ex) {
			return find(key, caller);
		}
	}

	private void requireRoom(Caller caller) {
		long held = database.sql("SELECT COUNT(*) FROM idempotent_call WHERE caller = ?")
			.param(caller.name())
			.query(Long.class)
			.single();
		if (held >= MOST) {
			throw new TransientFailure(FailureCode.TOO_MANY_CALLS,
					"%d calls with an 'Idempotency-Key' were made within a day".formatted(held),
					"call without one, or less often");
		}
	}

	private Optional<Kept> find(String key, Caller caller) {
		return database
			.sql("SELECT request_hash, begun_at, body FROM idempotent_call WHERE caller = ? AND idempotency_key = ?")
			.params(caller.name(), key)
			.query(IdempotentCalls::kept)
			.optional();
	}

	private static Kept kept(ResultSet row, int number) throws SQLException {
		return new Kept(row.getString("request_hash"), row.getObject("begun_at", OffsetDateTime.class).toInstant(),
				row.getString("body"));
	}

	private static String again(Kept kept, String hash) {
		if (!kept.hash().equals(hash)) {
			throw new ProblemException(Problem.of(FailureCode.INVALID_USAGE, 422,
					"this 'Idempotency-Key' was used for another call", "take a new key for every call"));
		}
		String body = kept.body();
		if (body == null) {
			throw new ProblemException(Problem.of(FailureCode.ALREADY_RUNNING, 409,
					"the same call is under way since %s".formatted(kept.begunAt()), "send it again later"));
		}
		return body;
	}

	private static ResponseEntity<byte[]> answer(String body) {
		return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * @param body of the answer; null while there is none
	 */
	private record Kept(String hash, Instant begunAt, @Nullable String body) {
	}

}
