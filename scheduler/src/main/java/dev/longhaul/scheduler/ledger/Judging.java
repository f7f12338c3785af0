package dev.longhaul.scheduler.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.ApplicationRecord.Judged;
import dev.longhaul.core.run.Findings;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Judges applications anew over everything that the ledger holds of them, and keeps what
 * comes out for whoever asks. The decisions are those of {@code core.run}; here is only
 * where they are read and written.
 */
final class Judging {

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final Evidence evidence;

	/**
	 * @param evidence of the documents as they are settled now
	 */
	Judging(JdbcTemplate template, Evidence evidence) {
		this.template = template;
		this.jdbc = JdbcClient.create(template);
		this.evidence = evidence;
	}

	/**
	 * Judges some of those that are marked, and takes their marks away.
	 * @return how many it were; none when there are no more
	 */
	int judgeSome(int atMost) {
		List<String> touched = jdbc.sql("SELECT application FROM ledger_touched ORDER BY application LIMIT ?")
			.param(atMost)
			.query(String.class)
			.list();
		for (String application : touched) {
			judge(new ApplicationName(application));
			jdbc.sql("DELETE FROM ledger_touched WHERE application = ?").param(application).update();
		}
		if (!touched.isEmpty()) {
			Coverages.invalidate(jdbc);
		}
		return touched.size();
	}

	private void judge(ApplicationName application) {
		Evidence.Of said = evidence.of(application);
		List<Point> points = points(application, said);
		update(application, points);
		Judged judged = said.newestJudged(points.stream().map(Point::held).toList())
			.map(said.findings()::judge)
			.orElse(null);
		for (String table : List.of("ledger_application", "ledger_judgement", "ledger_volume", "ledger_mirrored")) {
			jdbc.sql("DELETE FROM %s WHERE application = ?".formatted(table)).param(application.value()).update();
		}
		if (!points.isEmpty() || judged != null) {
			insert(application, points, judged);
			insertVolumes(application);
			insertMirrored(application, points, said.findings());
		}
		if (judged != null) {
			insert(application, judged.verdict().judgements());
		}
	}

	/** Newest first, each with what is known of it now. */
	private List<Point> points(ApplicationName application, Evidence.Of said) {
		return jdbc.sql("""
				SELECT d.id, d.object_key, d.job, d.scheduled_for, d.manifest_hash, p.taken_at, p.stored_bytes,
					p.volumes, p.proof
				FROM ledger_point p JOIN ledger_document d ON d.id = p.document_id
				WHERE p.application = ? AND d.believed""")
			.param(application.value())
			.query((row, number) -> Point.of(row, application, said))
			.list()
			.stream()
			.sorted(Comparator.comparing(Point::takenAt).reversed().thenComparing(Point::key))
			.toList();
	}

	private void update(ApplicationName application, List<Point> points) {
		List<Object[]> changed = new ArrayList<>();
		for (Point point : points) {
			String proof = Columns.of(point.proof());
			if (!proof.equals(point.proofBefore())) {
				Answered answered = Answered.of(point.proof());
				changed.add(DocumentContent.row(answered.answer().name(), answered.day(), proof, point.document(),
						application.value()));
			}
		}
		template.batchUpdate("""
				UPDATE ledger_point SET answer = ?, read_day = ?, proof = ?
				WHERE document_id = ? AND application = ?""", changed);
	}

	private void insert(ApplicationName application, List<Point> points, @Nullable Judged judged) {
		Instant newestProven = points.stream()
			.filter(point -> point.proof() instanceof Proof.Proven)
			.map(Point::takenAt)
			.findFirst()
			.orElse(null);
		Point newest = points.isEmpty() ? null : points.get(0);
		template.update("""
				INSERT INTO ledger_application (application, judged_at, newest_proven, newest_taken, newest_job,
					newest_for, points, volumes, stored_bytes, trend)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", application.value(),
				Columns.ofNullable((judged != null) ? judged.at() : null), Columns.ofNullable(newestProven),
				Columns.ofNullable((newest != null) ? newest.takenAt() : null),
				(newest != null) ? newest.held().night().job().value() : null,
				Columns.ofNullable((newest != null) ? newest.held().night().scheduledFor() : null), points.size(),
				(newest != null) ? newest.volumes() : 0, (newest != null) ? newest.size().bytes() : 0,
				Trend.of(points, Point::takenAt, Point::size).text());
	}

	private void insert(ApplicationName application, List<Judgement> judgements) {
		List<Object[]> rows = new ArrayList<>();
		for (Judgement judgement : judgements) {
			rows.add(DocumentContent.row(application.value(), rows.size(), judgement.clause().name(),
					judgement.answer().name(), Columns.of(judgement.evidence())));
		}
		template.batchUpdate("""
				INSERT INTO ledger_judgement (application, place, clause, answer, evidence)
				VALUES (?, ?, ?, ?, ?)""", rows);
	}

	/** Of restore points that are recorded: nobody knows the size of others. */
	private void insertMirrored(ApplicationName application, List<Point> points, Findings findings) {
		List<Object[]> rows = new ArrayList<>();
		for (Findings.Mirrored copy : findings.mirrored(application)) {
			points.stream().filter(point -> point.held().equals(copy.point())).findFirst().ifPresent(point -> {
				Answered answered = Answered.of(copy.proof());
				rows.add(DocumentContent.row(application.value(), rows.size(), Columns.of(copy.mirror()),
						answered.answer().name(), answered.day(), point.size().bytes()));
			});
		}
		template.batchUpdate("""
				INSERT INTO ledger_mirrored (application, place, mirror, answer, read_day, stored_bytes)
				VALUES (?, ?, ?, ?, ?, ?)""", rows);
	}

	private void insertVolumes(ApplicationName application) {
		jdbc.sql("""
				INSERT INTO ledger_volume (application, place, claim, volume, document_id, snapshot_at, backup,
					stored_bytes)
				SELECT application, ROW_NUMBER() OVER (ORDER BY claim, volume), claim, volume, document_id,
					snapshot_at, backup, stored_bytes
				FROM (
					SELECT b.application, b.claim, b.volume, b.document_id, b.snapshot_at, b.backup, b.stored_bytes,
						ROW_NUMBER() OVER (
							PARTITION BY b.claim, b.volume ORDER BY b.snapshot_at DESC, b.document_id, b.place) AS age
					FROM ledger_point p JOIN ledger_document d ON d.id = p.document_id
					JOIN ledger_volume_backup b ON b.document_id = p.document_id AND b.application = p.application
					WHERE p.application = ? AND d.believed
				) AS newest
				WHERE age = 1""").param(application.value()).update();
	}

	/**
	 * A restore point in so far as it is judged.
	 *
	 * @param key of its night's manifest
	 * @param proofBefore as it was kept until now
	 * @param proof by everything that was read back
	 */
	private record Point(long document, String key, Held held, Instant takenAt, ByteSize size, int volumes,
			String proofBefore, Proof proof) {

		static Point of(ResultSet row, ApplicationName application, Evidence.Of said) throws SQLException {
			Held held = new Held(Columns.night(row), row.getString("manifest_hash"));
			return new Point(row.getLong("id"), row.getString("object_key"), held, Columns.instant(row, "taken_at"),
					Columns.size(row, "stored_bytes"), row.getInt("volumes"), row.getString("proof"),
					said.findings().proof(application, held, said.tonight(held)));
		}

	}

}
