package dev.longhaul.scheduler.ledger;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Places as nights and mirrors have found them.
 */
final class PlaceRows {

	private static final String SEEN = """
			FROM ledger_place p JOIN ledger_document d ON d.id = p.document_id
			LEFT JOIN ledger_proof r ON r.document_id = p.document_id
			LEFT JOIN ledger_mirroring m ON m.document_id = p.document_id
			WHERE p.part <> 'LIVE' AND p.name = ? AND d.believed
			""";

	private final JdbcClient jdbc;

	PlaceRows(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** By its name; empty if nobody recorded anything of it. */
	Optional<SeenPlace> find(String name) {
		Instant lastSeen = lastSeen(name);
		return jdbc
			.sql("SELECT p.name, p.medium, p.site, p.immutable, p.immutability_evidence, m.failure " + SEEN
					+ "ORDER BY d.scheduled_for DESC LIMIT 1")
			.param(name)
			.query((row, number) -> new SeenPlace(Evidence.place(row), lastSeen, row.getString("failure")))
			.optional();
	}

	private @Nullable Instant lastSeen(String name) {
		return jdbc
			.sql("SELECT COALESCE(r.judged_at, m.finished_at) AS seen_at " + SEEN
					+ "AND m.failure IS NULL ORDER BY d.scheduled_for DESC LIMIT 1")
			.param(name)
			.query((row, number) -> Columns.instant(row, "seen_at"))
			.optional()
			.orElse(null);
	}

}
