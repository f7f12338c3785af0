package dev.longhaul.scheduler.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.ledger.Answered.ReadBack;
import dev.longhaul.scheduler.ledger.Coverage.Amount;
import dev.longhaul.scheduler.ledger.Coverage.Scope;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How much of each place was read back. Counted once after something was judged, because
 * that means to look at every restore point.
 */
final class Coverages {

	private static final Amount NOTHING = new Amount(0, ByteSize.ZERO);

	private final JdbcClient jdbc;

	Coverages(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** In the transaction in which something is judged. */
	static void invalidate(JdbcClient jdbc) {
		jdbc.sql("UPDATE ledger_state SET uncounted = TRUE WHERE id = 1").update();
	}

	/** Counts, if anything was judged since the last time. */
	static void recount(JdbcTemplate template) {
		JdbcClient jdbc = JdbcClient.create(template);
		if (!jdbc.sql("SELECT uncounted FROM ledger_state WHERE id = 1").query(Boolean.class).single()) {
			return;
		}
		List<Object[]> counts = new ArrayList<>();
		String target = target(jdbc);
		jdbc.sql("""
				SELECT p.answer, p.read_day, COUNT(*) AS points, SUM(p.stored_bytes) AS stored_bytes
				FROM ledger_point p JOIN ledger_document d ON d.id = p.document_id
				WHERE d.believed GROUP BY p.answer, p.read_day""").query(row -> {
			counts.add(count(counts.size(), target, Scope.EVERYTHING, row));
		});
		jdbc.sql("""
				SELECT mirror, answer, read_day, COUNT(*) AS points, SUM(stored_bytes) AS stored_bytes
				FROM ledger_mirrored GROUP BY mirror, answer, read_day ORDER BY mirror""").query(row -> {
			counts.add(count(counts.size(), row.getString("mirror"), Scope.NEWEST_OF_EACH, row));
		});
		jdbc.sql("DELETE FROM ledger_coverage").update();
		template.batchUpdate("""
				INSERT INTO ledger_coverage (place, name, scope, answer, read_day, points, stored_bytes)
				VALUES (?, ?, ?, ?, ?, ?, ?)""", counts);
		jdbc.sql("UPDATE ledger_state SET uncounted = FALSE WHERE id = 1").update();
	}

	private static Object[] count(int place, String name, Scope scope, ResultSet row) throws SQLException {
		return DocumentContent.row(place, name, scope.name(), row.getString("answer"), row.getObject("read_day"),
				row.getLong("points"), Sizes.clamped(row.getBigDecimal("stored_bytes")).bytes());
	}

	/** As the newest night that was judged calls it, or else the newest of all. */
	private static String target(JdbcClient jdbc) {
		return jdbc.sql("""
				SELECT p.name FROM ledger_place p JOIN ledger_document d ON d.id = p.document_id
				WHERE p.part = 'TARGET' AND d.believed ORDER BY d.scheduled_for DESC LIMIT 1""")
			.query(String.class)
			.optional()
			.or(() -> jdbc.sql("""
					SELECT m.target_url FROM ledger_manifest m JOIN ledger_document d ON d.id = m.document_id
					WHERE d.believed ORDER BY d.scheduled_for DESC LIMIT 1""").query(String.class).optional())
			.orElse("target");
	}

	/** The target first. Of the day on which the span begins, everything is within it. */
	List<Coverage> since(Instant begin) {
		Map<String, Coverage> places = new LinkedHashMap<>();
		long from = Columns.day(begin);
		jdbc.sql("SELECT name, scope, answer, read_day, points, stored_bytes FROM ledger_coverage ORDER BY place")
			.query(row -> {
				Coverage part = coverage(row, from);
				// A mirror may have the name of the target.
				places.merge(part.scope() + " " + part.place(), part, Coverages::sum);
			});
		return List.copyOf(places.values());
	}

	private static Coverage coverage(ResultSet row, long from) throws SQLException {
		Amount amount = new Amount(row.getLong("points"), Columns.size(row, "stored_bytes"));
		ReadBack answer = ReadBack.valueOf(row.getString("answer"));
		// Of what was not read there is no day, and 0 is long ago.
		boolean isWithin = answer != ReadBack.UNREAD && row.getLong("read_day") >= from;
		return new Coverage(row.getString("name"), Scope.valueOf(row.getString("scope")), amount,
				(isWithin && answer == ReadBack.PROVEN) ? amount : NOTHING,
				(isWithin && answer == ReadBack.REFUTED) ? amount : NOTHING);
	}

	private static Coverage sum(Coverage one, Coverage other) {
		return new Coverage(one.place(), one.scope(), sum(one.stored(), other.stored()),
				sum(one.proven(), other.proven()), sum(one.refuted(), other.refuted()));
	}

	private static Amount sum(Amount one, Amount other) {
		return new Amount(one.points() + other.points(),
				new ByteSize(Sizes.sum(one.size().bytes(), other.size().bytes())));
	}

}
