package dev.longhaul.scheduler.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Copy;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.scheduler.ledger.PointDetails.Encryption;
import dev.longhaul.scheduler.ledger.PointDetails.Export;
import dev.longhaul.scheduler.ledger.PointDetails.Part;
import dev.longhaul.scheduler.ledger.PointDetails.ReadBack;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Restore points, and what is kept of each.
 */
final class PointRows {

	private static final String POINTS = """
			SELECT p.document_id, p.application, d.job, d.scheduled_for, d.manifest_hash, m.revision, p.taken_at,
				p.spread_micros, p.quiet, p.stored_bytes, p.volumes, p.proof
			FROM ledger_point p JOIN ledger_document d ON d.id = p.document_id
			JOIN ledger_manifest m ON m.document_id = p.document_id
			WHERE p.application = ? AND d.believed
			""";

	/** Later than any that a document may name. */
	private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

	private final JdbcClient jdbc;

	PointRows(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Newest first. */
	Page<StoredPoint> of(ApplicationName application, @Nullable Cursor after, int limit) {
		Instant before = (after != null) ? after.takenAt() : END;
		List<StoredPoint> oneMore = jdbc.sql(POINTS + """
				AND p.taken_at <= ? AND (p.taken_at, d.job, d.scheduled_for) < (?, ?, ?)
				ORDER BY p.taken_at DESC, d.job DESC, d.scheduled_for DESC LIMIT ?""")
			.param(application.value())
			.param(Columns.of(before))
			.param(Columns.of(before))
			.param((after != null) ? after.night().job().value() : "")
			.param(Columns.of((after != null) ? after.night().scheduledFor() : END))
			.param(Page.requireLimit(limit) + 1)
			.query((row, number) -> point(row))
			.list();
		return Page.of(oneMore, limit, last -> Cursor.after(last.takenAt(), last.night()));
	}

	/** Newest first, each with where it is. */
	Page<HeldPoint> held(ApplicationName application, @Nullable Cursor after, int limit) {
		Page<StoredPoint> page = of(application, after, limit);
		Evidence evidence = new Evidence(jdbc);
		Evidence.Of said = evidence.of(application);
		return new Page<>(
				page.entries().stream().map(point -> new HeldPoint(point, copies(point, evidence, said))).toList(),
				page.next());
	}

	/** Newest first. */
	List<StoredSize> sizes(ApplicationName application, int limit) {
		return jdbc.sql("""
				SELECT v.claim, v.snapshot_at, v.stored_bytes
				FROM ledger_volume_backup v JOIN ledger_document d ON d.id = v.document_id
				WHERE v.application = ? AND d.believed ORDER BY v.snapshot_at DESC LIMIT ?""")
			.param(application.value())
			.param(limit)
			.query((row, number) -> new StoredSize(ClaimRef.parse(row.getString("claim")),
					Columns.instant(row, "snapshot_at"), Columns.size(row, "stored_bytes")))
			.list();
	}

	Optional<PointDetails> find(ApplicationName application, Night night) {
		return jdbc.sql(POINTS + "AND d.job = ? AND d.scheduled_for = ?")
			.param(application.value())
			.param(night.job().value())
			.param(Columns.of(night.scheduledFor()))
			.query((row, number) -> details(row.getLong("document_id"), point(row)))
			.optional();
	}

	private PointDetails details(long document, StoredPoint point) {
		return new PointDetails(point, parts(document, point.application()), copies(point), answers(point),
				exports(point));
	}

	private List<Part> parts(long document, ApplicationName application) {
		return jdbc.sql("""
				SELECT claim, volume, snapshot, snapshot_at, backup, stored_bytes FROM ledger_volume_backup
				WHERE document_id = ? AND application = ? ORDER BY place""")
			.param(document)
			.param(application.value())
			.query((row, number) -> new Part(ClaimRef.parse(row.getString("claim")),
					new VolumeName(row.getString("volume")), new SnapshotName(row.getString("snapshot")),
					Columns.instant(row, "snapshot_at"), new BackupName(row.getString("backup")),
					Columns.size(row, "stored_bytes")))
			.list();
	}

	private List<Copy> copies(StoredPoint point) {
		Evidence evidence = new Evidence(jdbc);
		return copies(point, evidence, evidence.of(point.application()));
	}

	private static List<Copy> copies(StoredPoint point, Evidence evidence, Evidence.Of said) {
		Held held = new Held(point.night(), point.manifestHash());
		return said.findings().copies(point.application(), held, evidence.target(point.night()), said.tonight(held));
	}

	private List<ReadBack> answers(StoredPoint point) {
		return jdbc.sql("""
				SELECT d.job, d.scheduled_for, r.mirror, r.proof
				FROM ledger_reading r JOIN ledger_document d ON d.id = r.document_id
				WHERE r.application = ? AND r.point_job = ? AND r.point_for = ? AND r.point_hash = ?
				AND r.read_at IS NOT NULL AND d.believed
				ORDER BY r.read_at DESC, d.job, d.scheduled_for LIMIT ?""")
			.param(point.application().value())
			.param(point.night().job().value())
			.param(Columns.of(point.night().scheduledFor()))
			.param(point.manifestHash())
			.param(PointDetails.MOST_ANSWERS)
			.query((row, number) -> new ReadBack(Columns.night(row), row.getString("mirror"), Columns.proof(row)))
			.list();
	}

	private List<Export> exports(StoredPoint point) {
		return jdbc.sql("""
				SELECT e.name, e.failure, e.origin, e.plain_bytes, e.stored_bytes, e.encrypted, e.taken_at, e.checked_at
				FROM ledger_export e JOIN ledger_document d ON d.id = e.document_id
				WHERE d.job = ? AND d.scheduled_for = ? AND d.believed AND e.application = ? ORDER BY e.name""")
			.param(point.night().job().value())
			.param(Columns.of(point.night().scheduledFor()))
			.param(point.application().value())
			.query((row, number) -> export(row))
			.list();
	}

	private static Export export(ResultSet row) throws SQLException {
		ExportName name = new ExportName(row.getString("name"));
		String failure = row.getString("failure");
		if (failure != null) {
			return new Export.Failed(name, failure);
		}
		return new Export.Kept(name, row.getString("origin"), Columns.size(row, "plain_bytes"),
				Columns.size(row, "stored_bytes"), row.getBoolean("encrypted") ? Encryption.ENCRYPTED : Encryption.NONE,
				Columns.instant(row, "taken_at"), Columns.instant(row, "checked_at"));
	}

	private static StoredPoint point(ResultSet row) throws SQLException {
		String quiet = row.getString("quiet");
		return new StoredPoint(new ApplicationName(row.getString("application")), Columns.night(row),
				row.getString("manifest_hash"), row.getString("revision"), Columns.instant(row, "taken_at"),
				Duration.of(row.getLong("spread_micros"), ChronoUnit.MICROS),
				(quiet != null) ? QuietWindow.parse(quiet) : null, Columns.size(row, "stored_bytes"),
				row.getInt("volumes"), Columns.proof(row));
	}

}
