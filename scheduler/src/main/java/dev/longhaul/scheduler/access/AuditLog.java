package dev.longhaul.scheduler.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was done here and by whom, in the order in which it was. Records are only added.
 * Each holds the hash of the one before, so whoever changes or removes one has to write
 * all later ones anew, which a copy that lies elsewhere shows.
 */
public final class AuditLog {

	/**
	 * Of entries of callers nobody knows; the last of them says that more were left out.
	 */
	static final int UNKNOWN_PER_HOUR = 100;

	private static final String COLUMNS = "sequence, happened_at, caller, scope, address, action, subject, outcome,"
			+ " detail, previous, hash";

	/** Other servers on the same database write, too. */
	private static final int MOST_ATTEMPTS = 20;

	private static final int CHECKED_AT_ONCE = 1000;

	private final JdbcClient database;

	private final Clock clock;

	private Instant hour = Instant.EPOCH;

	private int unknown;

	public AuditLog(JdbcClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/**
	 * Adds an entry; the database has it when this returns.
	 */
	public synchronized void append(AuditEntry entry) {
		if (!entry.caller().equals(AuditEntry.UNKNOWN)) {
			write(entry);
			return;
		}
		Instant now = clock.instant();
		if (!now.isBefore(hour.plus(Duration.ofHours(1)))) {
			hour = now;
			unknown = 0;
		}
		unknown++;
		if (unknown < UNKNOWN_PER_HOUR) {
			write(entry);
		}
		else if (unknown == UNKNOWN_PER_HOUR) {
			write(new AuditEntry(AuditEntry.UNKNOWN, "", entry.address(), entry.action(), "", entry.outcome(),
					"there are more, which are left out for the rest of an hour"));
		}
	}

	private void write(AuditEntry entry) {
		for (int attempts = 1; true; attempts++) {
			Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
			AuditRecord next = newest().map(last -> last.next(now, entry))
				.orElseGet(() -> AuditRecord.first(now, entry));
			try {
				insert(next);
				return;
			}
			catch (DuplicateKeyException ex) {
				if (attempts == MOST_ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	private void insert(AuditRecord record) {
		AuditEntry entry = record.entry();
		database.sql("INSERT INTO audit_record (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
			.params(record.sequence(), record.happenedAt().atOffset(ZoneOffset.UTC), entry.caller(), entry.scopes(),
					entry.address(), entry.action(), entry.subject(), entry.outcome().word(), entry.detail(),
					record.previous(), record.hash())
			.update();
	}

	private Optional<AuditRecord> newest() {
		return newestBefore(Long.MAX_VALUE, 1).stream().findFirst();
	}

	/** Newest first. */
	public List<AuditRecord> newestBefore(long sequence, int limit) {
		return database
			.sql("SELECT " + COLUMNS + " FROM audit_record WHERE sequence < ? ORDER BY sequence DESC LIMIT ?")
			.params(sequence, limit)
			.query(AuditLog::record)
			.list();
	}

	/** Oldest first. */
	List<AuditRecord> after(long sequence, int limit) {
		return database.sql("SELECT " + COLUMNS + " FROM audit_record WHERE sequence > ? ORDER BY sequence LIMIT ?")
			.params(sequence, limit)
			.query(AuditLog::record)
			.list();
	}

	/**
	 * The first record that is not as it was written, or does not follow the one before
	 * it; empty if all are sound. Reads all of them.
	 */
	public OptionalLong firstUnsound() {
		String before = AuditRecord.none();
		long sequence = 0;
		while (true) {
			List<AuditRecord> part = after(sequence, CHECKED_AT_ONCE);
			for (AuditRecord record : part) {
				sequence++;
				if (record.sequence() != sequence || !record.isSound(before)) {
					return OptionalLong.of(sequence);
				}
				before = record.hash();
			}
			if (part.isEmpty()) {
				return OptionalLong.empty();
			}
		}
	}

	private static AuditRecord record(ResultSet row, int number) throws SQLException {
		String word = row.getString("outcome");
		AuditOutcome outcome = Arrays.stream(AuditOutcome.values())
			.filter(known -> known.word().equals(word))
			.findFirst()
			.orElse(AuditOutcome.FAILED);
		AuditEntry entry = new AuditEntry(row.getString("caller"), row.getString("scope"), row.getString("address"),
				row.getString("action"), row.getString("subject"), outcome, row.getString("detail"));
		return new AuditRecord(row.getLong("sequence"), row.getObject("happened_at", OffsetDateTime.class).toInstant(),
				entry, row.getString("previous"), row.getString("hash"));
	}

}
