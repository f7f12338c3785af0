package dev.longhaul.scheduler.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import dev.longhaul.backupstore.catalog.ProofJson;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * Values as columns hold them, there and back. Instants to the microsecond, which is what
 * both databases keep.
 */
final class Columns {

	private Columns() {
	}

	static OffsetDateTime of(Instant instant) {
		return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
	}

	static @Nullable OffsetDateTime ofNullable(@Nullable Instant instant) {
		return (instant != null) ? of(instant) : null;
	}

	/**
	 * What came out of a bucket, without the characters that PostgreSQL has no room for.
	 */
	static String of(String text) {
		if (text.indexOf('\0') < 0 && text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
			return text;
		}
		StringBuilder storable = new StringBuilder(text.length());
		text.codePoints()
			.map(c -> (c == 0 || Character.getType(c) == Character.SURROGATE) ? '\uFFFD' : c)
			.forEach(storable::appendCodePoint);
		return storable.toString();
	}

	static @Nullable String ofNullable(@Nullable String text) {
		return (text != null) ? of(text) : null;
	}

	static String of(Proof proof) {
		return of(ProofJson.write(proof));
	}

	/** Days since 1970, in UTC. */
	static long day(Instant instant) {
		return Math.floorDiv(instant.getEpochSecond(), 24 * 60 * 60);
	}

	static Instant instant(ResultSet row, String column) throws SQLException {
		Instant instant = instantOrNull(row, column);
		if (instant == null) {
			throw new SQLException("column %s is null".formatted(column));
		}
		return instant;
	}

	static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

	/** From the columns {@code job} and {@code scheduled_for}. */
	static Night night(ResultSet row) throws SQLException {
		return new Night(new JobName(row.getString("job")), instant(row, "scheduled_for"));
	}

	/** From the columns {@code point_job}, {@code point_for} and {@code point_hash}. */
	static Held point(ResultSet row) throws SQLException {
		return new Held(new Night(new JobName(row.getString("point_job")), instant(row, "point_for")),
				row.getString("point_hash"));
	}

	static ByteSize size(ResultSet row, String column) throws SQLException {
		return new ByteSize(row.getLong(column));
	}

	static Proof proof(ResultSet row) throws SQLException {
		try {
			return ProofJson.read(row.getString("proof"));
		}
		catch (MalformedException ex) {
			throw new SQLException("a proof that was not written here", ex);
		}
	}

}
