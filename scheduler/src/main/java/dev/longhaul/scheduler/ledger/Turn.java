package dev.longhaul.scheduler.ledger;

import java.time.Instant;

import dev.longhaul.core.failure.LonghaulException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whose turn it is to write the ledger. Several servers may share a database; the one
 * that began last goes on, and whoever was before it finds out before it writes.
 */
final class Turn {

	private final JdbcClient jdbc;

	private final long number;

	private Turn(JdbcClient jdbc, long number) {
		this.jdbc = jdbc;
		this.number = number;
	}

	/**
	 * To be called in a transaction of its own. What is remembered of other documents
	 * than these goes.
	 * @param origin of the documents
	 */
	static Turn take(JdbcClient jdbc, String origin, DocumentRows rows) {
		jdbc.sql("UPDATE ledger_state SET turn = turn + 1 WHERE id = 1").update();
		long number = newest(jdbc);
		String before = jdbc.sql("SELECT COALESCE(origin, '') FROM ledger_state WHERE id = 1")
			.query(String.class)
			.single();
		if (!before.equals(Columns.of(origin))) {
			rows.removeAll();
			jdbc.sql(
					"UPDATE ledger_state SET origin = ?, complete_at = NULL, failing_since = NULL, failure = NULL WHERE id = 1")
				.param(Columns.of(origin))
				.update();
		}
		return new Turn(jdbc, number);
	}

	private static long newest(JdbcClient jdbc) {
		return jdbc.sql("SELECT turn FROM ledger_state WHERE id = 1 FOR UPDATE").query(Long.class).single();
	}

	/**
	 * To be called first in every transaction that writes: until its end, nobody else
	 * takes a turn.
	 * @throws LostTurn if somebody else has taken it
	 */
	void require() {
		if (newest(jdbc) != number) {
			throw new LostTurn();
		}
	}

	/**
	 * @param since what was in the bucket then, the ledger holds
	 */
	void complete(Instant since) {
		jdbc.sql("UPDATE ledger_state SET complete_at = ?, failing_since = NULL, failure = NULL WHERE id = 1")
			.param(Columns.of(since))
			.update();
	}

	void failed(Instant at, LonghaulException failure) {
		jdbc.sql("""
				UPDATE ledger_state SET failing_since = COALESCE(failing_since, ?), failure = ? WHERE id = 1""")
			.param(Columns.of(at))
			.param(Columns.of("%s: %s".formatted(failure.code(), failure.fact())))
			.update();
	}

	/** Another server refreshes the same ledger, and has begun later. */
	static final class LostTurn extends RuntimeException {

		private static final long serialVersionUID = 1L;

		LostTurn() {
			super("another server refreshes the ledger", null, false, false);
		}

	}

}
