package dev.longhaul.scheduler.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;

import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was read back, day by day.
 */
final class ReadingDays {

	private final JdbcClient jdbc;

	ReadingDays(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Oldest first. What was not read is of no day. */
	static List<ReadingDay> of(List<Proof> proofs) {
		TreeMap<LocalDate, ReadingDay> days = new TreeMap<>();
		for (Proof proof : proofs) {
			Answered answered = Answered.of(proof);
			Instant at = answered.at();
			if (at != null) {
				LocalDate day = LocalDate.ofEpochDay(Columns.day(at));
				days.merge(day, answered.on(day), ReadingDays::sum);
			}
		}
		return List.copyOf(days.values());
	}

	private static ReadingDay sum(ReadingDay one, ReadingDay other) {
		return new ReadingDay(one.day(), one.proven() + other.proven(), one.refuted() + other.refuted(),
				Sizes.sum(one.blocks(), other.blocks()),
				new ByteSize(Sizes.sum(one.read().bytes(), other.read().bytes())));
	}

	/** Oldest first; days without an answer are left out. */
	List<ReadingDay> between(LocalDate from, LocalDate until) {
		return jdbc.sql("""
				SELECT r.read_day, SUM(r.proven) AS proven, SUM(r.refuted) AS refuted, SUM(r.blocks) AS blocks,
					SUM(r.read_bytes) AS read_bytes
				FROM ledger_reading_day r JOIN ledger_document d ON d.id = r.document_id
				WHERE d.believed AND r.read_day >= ? AND r.read_day < ?
				GROUP BY r.read_day ORDER BY r.read_day""")
			.param(from.toEpochDay())
			.param(until.toEpochDay())
			.query((row, number) -> day(row))
			.list();
	}

	private static ReadingDay day(ResultSet row) throws SQLException {
		return new ReadingDay(LocalDate.ofEpochDay(row.getLong("read_day")), row.getInt("proven"),
				row.getInt("refuted"), Sizes.clamped(row.getBigDecimal("blocks")).bytes(),
				Sizes.clamped(row.getBigDecimal("read_bytes")));
	}

}
