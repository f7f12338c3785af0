package dev.longhaul.scheduler.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.ApplicationRecord.Judged;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.scheduler.ledger.ApplicationRow.Newest;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Applications and their volumes, as they were judged last.
 */
final class ApplicationRows {

	private static final Duration GAPS = Duration.ofDays(30);

	private static final String COLUMNS = "SELECT application, judged_at, newest_proven, newest_taken, newest_job,"
			+ " newest_for, points, volumes, stored_bytes, trend FROM ledger_application";

	private static final String JUDGEMENTS = "SELECT application, clause, answer, evidence FROM ledger_judgement";

	private final JdbcClient jdbc;

	ApplicationRows(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Worst first. */
	List<ApplicationRow> all() {
		Map<String, List<Judgement>> verdicts = new HashMap<>();
		jdbc.sql(JUDGEMENTS + " ORDER BY application, place").query(row -> {
			verdicts.computeIfAbsent(row.getString("application"), name -> new ArrayList<>())
				.add(Evidence.judgement(row));
		});
		return jdbc.sql(COLUMNS)
			.query((row, number) -> row(row, verdicts.getOrDefault(row.getString("application"), List.of())))
			.list()
			.stream()
			.sorted(Overview.WORST_FIRST)
			.toList();
	}

	Optional<ApplicationDetails> find(ApplicationName application, Instant now) {
		List<Judgement> verdict = jdbc.sql(JUDGEMENTS + " WHERE application = ? ORDER BY place")
			.param(application.value())
			.query((row, number) -> Evidence.judgement(row))
			.list();
		return jdbc.sql(COLUMNS + " WHERE application = ?")
			.param(application.value())
			.query((row, number) -> row(row, verdict))
			.optional()
			.map(row -> new ApplicationDetails(row, longestGap(application, now)));
	}

	private @Nullable Duration longestGap(ApplicationName application, Instant now) {
		List<Instant> proven = jdbc.sql("""
				SELECT p.taken_at FROM ledger_point p JOIN ledger_document d ON d.id = p.document_id
				WHERE p.application = ? AND p.answer = 'PROVEN' AND d.believed""")
			.param(application.value())
			.query((row, number) -> Columns.instant(row, "taken_at"))
			.list();
		return ApplicationRecord.longestGap(proven, now, GAPS).orElse(null);
	}

	private static ApplicationRow row(ResultSet row, List<Judgement> verdict) throws SQLException {
		ApplicationName application = new ApplicationName(row.getString("application"));
		Instant judgedAt = Columns.instantOrNull(row, "judged_at");
		return new ApplicationRow(application,
				(judgedAt != null) ? new Judged(new Verdict(application, verdict), judgedAt) : null,
				Columns.instantOrNull(row, "newest_proven"), newest(row), row.getInt("points"),
				Trend.parse(row.getString("trend")));
	}

	private static @Nullable Newest newest(ResultSet row) throws SQLException {
		Instant takenAt = Columns.instantOrNull(row, "newest_taken");
		if (takenAt == null) {
			return null;
		}
		Night night = new Night(new JobName(row.getString("newest_job")), Columns.instant(row, "newest_for"));
		return new Newest(night, takenAt, row.getInt("volumes"), Columns.size(row, "stored_bytes"));
	}

	/**
	 * By application, then by claim.
	 * @param application null for those of all
	 */
	Page<StoredVolume> volumes(@Nullable ApplicationName application, @Nullable Cursor after, int limit) {
		String only = (application != null) ? application.value() : "";
		String from = (after != null) ? after.application().value() : "";
		List<Placed> oneMore = jdbc.sql("""
				SELECT v.application, v.place, v.claim, v.volume, v.snapshot_at, v.backup, v.stored_bytes, d.job,
					d.scheduled_for
				FROM ledger_volume v JOIN ledger_document d ON d.id = v.document_id
				WHERE (v.application, v.place) > (?, ?) AND (? = '' OR v.application = ?)
				ORDER BY v.application, v.place LIMIT ?""")
			.param(from)
			.param((after != null) ? after.place() : 0)
			.param(only)
			.param(only)
			.param(Page.requireLimit(limit) + 1)
			.query((row, number) -> new Placed(row.getInt("place"), volume(row)))
			.list();
		Page<Placed> page = Page.of(oneMore, limit, last -> Cursor.after(last.volume().application(), last.place()));
		return new Page<>(page.entries().stream().map(Placed::volume).toList(), page.next());
	}

	private static StoredVolume volume(ResultSet row) throws SQLException {
		return new StoredVolume(new ApplicationName(row.getString("application")),
				ClaimRef.parse(row.getString("claim")), new VolumeName(row.getString("volume")), Columns.night(row),
				Columns.instant(row, "snapshot_at"), new BackupName(row.getString("backup")),
				Columns.size(row, "stored_bytes"));
	}

	/** Where it stands among those of its application. */
	private record Placed(int place, StoredVolume volume) {
	}

}
