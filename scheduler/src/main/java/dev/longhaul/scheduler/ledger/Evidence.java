package dev.longhaul.scheduler.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Findings;
import dev.longhaul.core.run.JudgedNight;
import dev.longhaul.core.run.Mirroring;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.run.Mirroring.Seen;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Places;
import dev.longhaul.core.run.Rehearsal;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.run.Verification;
import dev.longhaul.core.run.Verification.Reading;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the believed documents say of one application after another, in the types that
 * verdicts are reached over. What many applications share is read once.
 */
final class Evidence {

	private final JdbcClient jdbc;

	/** That copied to a mirror, each without what it saw; by document. */
	private final Map<Long, Mirroring> runs = new LinkedHashMap<>();

	/** Where the data of a judged night lies, as far as it says so; by document. */
	private final Map<Long, Optional<Places>> places = new HashMap<>();

	Evidence(JdbcClient jdbc) {
		this.jdbc = jdbc;
		readRuns();
	}

	/** What is said of one application. */
	final class Of {

		private final ApplicationName application;

		private final Map<Held, Proof> tonight = new HashMap<>();

		private final Findings findings;

		private Of(ApplicationName application) {
			this.application = application;
			this.findings = new Findings(verifications(), mirrorings(), rehearsals());
		}

		Findings findings() {
			return findings;
		}

		/** What its own night has shown of a restore point. */
		Proof tonight(Held point) {
			return tonight.getOrDefault(point, RunProof.NEVER_JUDGED);
		}

		/** Later ones and what the night itself has read come in one go. */
		private List<Verification> verifications() {
			Map<Night, List<Reading>> byRun = new LinkedHashMap<>();
			Map<Night, String> mirrors = new HashMap<>();
			jdbc.sql("""
					SELECT d.kind, d.job, d.scheduled_for, r.point_job, r.point_for, r.point_hash, r.mirror, r.proof
					FROM ledger_reading r JOIN ledger_document d ON d.id = r.document_id
					WHERE r.application = ? AND d.believed""").param(application.value()).query(row -> {
				if (row.getString("kind").equals("PROOF")) {
					tonight.put(Columns.point(row), Columns.proof(row));
				}
				else {
					Held point = Columns.point(row);
					Night run = Columns.night(row);
					String mirror = row.getString("mirror");
					if (mirror != null) {
						mirrors.put(run, mirror);
					}
					byRun.computeIfAbsent(run, key -> new ArrayList<>())
						.add(new Reading(point.night(), application, point.manifestHash(), Columns.proof(row)));
				}
			});
			return byRun.entrySet()
				.stream()
				.sorted(Comparator.comparing(run -> key(run.getKey())))
				// When a run was over changes nothing of what it has read.
				.map(run -> new Verification(run.getKey(), run.getKey().scheduledFor(), mirrors.get(run.getKey()),
						run.getValue()))
				.toList();
		}

		/** Which of its runs was over when changes nothing of what it has started. */
		private List<Rehearsal> rehearsals() {
			return jdbc.sql("""
					SELECT d.job, d.scheduled_for, s.point_job, s.point_for, s.point_hash, s.started_at, s.took_millis,
						s.outcome, s.evidence
					FROM ledger_start s JOIN ledger_document d ON d.id = s.document_id
					WHERE s.application = ? AND d.believed""")
				.param(application.value())
				.query((row, number) -> rehearsal(row))
				.list();
		}

		private Rehearsal rehearsal(ResultSet row) throws SQLException {
			Held point = Columns.point(row);
			Instant at = Columns.instant(row, "started_at");
			Rehearsal.Start start = new Rehearsal.Start(point.night(), application, point.manifestHash(), at,
					Duration.ofMillis(row.getLong("took_millis")), Rehearsal.Outcome.valueOf(row.getString("outcome")),
					row.getString("evidence"));
			return new Rehearsal(Columns.night(row), at, List.of(start));
		}

		/** A run that failed is about every application. */
		private List<Mirroring> mirrorings() {
			Map<Long, Seen> seen = new HashMap<>();
			jdbc.sql("SELECT document_id, point_job, point_for, point_hash FROM ledger_seen WHERE application = ?")
				.param(application.value())
				.query(row -> {
					Held newest = (row.getString("point_job") != null) ? Columns.point(row) : null;
					seen.put(row.getLong("document_id"), new Seen(application, newest));
				});
			return runs.entrySet()
				.stream()
				.filter(run -> run.getValue().failure() != null || seen.containsKey(run.getKey()))
				.map(run -> with(run.getValue(), seen.get(run.getKey())))
				.toList();
		}

		private static Mirroring with(Mirroring run, @Nullable Seen seen) {
			return (seen == null) ? run : new Mirroring(run.run(), run.finishedAt(), run.mirror(), null, List.of(seen));
		}

		/**
		 * The night that was judged last; empty if none was.
		 * @param points that are there
		 */
		Optional<JudgedNight> newestJudged(List<Held> points) {
			return jdbc.sql("""
					SELECT d.id, d.object_key, d.job, d.scheduled_for, d.manifest_hash, p.judged_at, j.newest_proven
					FROM ledger_judged j JOIN ledger_document d ON d.id = j.document_id
					JOIN ledger_proof p ON p.document_id = d.id
					WHERE j.application = ? AND d.believed""")
				.param(application.value())
				.query((row, number) -> candidate(row))
				.list()
				.stream()
				.sorted(Comparator.comparing(Candidate::key))
				.reduce(Candidate::later)
				.map(newest -> judgedNight(newest, points));
		}

		private JudgedNight judgedNight(Candidate newest, List<Held> points) {
			Places lies = placesOf(newest.document()).orElse(null);
			// With places, the verdict is reached again, and that of the night is not
			// asked.
			Verdict verdict = new Verdict(application, (lies != null) ? List.of() : oldJudgements(newest.document()));
			boolean isBackedUp = newest.newestProven() != null || points.contains(newest.point());
			return new JudgedNight(newest.point(), newest.judgedAt(), lies,
					new ApplicationProof(verdict, tonight(newest.point()), newest.newestProven()), isBackedUp);
		}

		private List<Judgement> oldJudgements(long document) {
			return jdbc.sql("""
					SELECT clause, answer, evidence FROM ledger_old_judgement
					WHERE document_id = ? AND application = ? ORDER BY place""")
				.param(document)
				.param(application.value())
				.query((row, number) -> judgement(row))
				.list();
		}

	}

	Of of(ApplicationName application) {
		return new Of(application);
	}

	/** Where the backups of a night lie; null if it was never judged or does not say. */
	@Nullable Place target(Night night) {
		return jdbc.sql("""
				SELECT id FROM ledger_document WHERE kind = 'PROOF' AND job = ? AND scheduled_for = ? AND believed""")
			.param(night.job().value())
			.param(Columns.of(night.scheduledFor()))
			.query(Long.class)
			.optional()
			.flatMap(this::placesOf)
			.map(Places::target)
			.orElse(null);
	}

	static Judgement judgement(ResultSet row) throws SQLException {
		return new Judgement(Clause.valueOf(row.getString("clause")), Answer.valueOf(row.getString("answer")),
				row.getString("evidence"));
	}

	private void readRuns() {
		jdbc.sql("""
				SELECT d.id, d.job, d.scheduled_for, m.finished_at, m.failure, p.name, p.medium, p.site, p.immutable,
					p.immutability_evidence
				FROM ledger_mirroring m JOIN ledger_document d ON d.id = m.document_id
				JOIN ledger_place p ON p.document_id = m.document_id
				WHERE d.believed""")
			.query((row, number) -> Map.entry(row.getLong("id"),
					new Mirroring(Columns.night(row), Columns.instant(row, "finished_at"), place(row),
							row.getString("failure"), List.of())))
			.list()
			.stream()
			.sorted(Comparator.comparing(run -> key(run.getValue().run())))
			.forEach(run -> runs.put(run.getKey(), run.getValue()));
	}

	/** Where equal things are told apart by which is listed first. */
	private static String key(Night run) {
		return "%s/%s/".formatted(run.job(), run.stamp());
	}

	private Optional<Places> placesOf(long document) {
		return places.computeIfAbsent(document, this::readPlaces);
	}

	private Optional<Places> readPlaces(long document) {
		Map<String, Place> parts = new HashMap<>();
		jdbc.sql("""
				SELECT part, name, medium, site, immutable, immutability_evidence FROM ledger_place
				WHERE document_id = ?""")
			.param(document)
			.query((row, number) -> parts.put(row.getString("part"), place(row)))
			.list();
		return parts.isEmpty() ? Optional.empty() : Optional
			.of(new Places(Objects.requireNonNull(parts.get("LIVE")), Objects.requireNonNull(parts.get("TARGET"))));
	}

	static Place place(ResultSet row) throws SQLException {
		return new Place(row.getString("name"), row.getString("medium"), row.getString("site"),
				Answer.valueOf(row.getString("immutable")), row.getString("immutability_evidence"));
	}

	private static Candidate candidate(ResultSet row) throws SQLException {
		return new Candidate(row.getLong("id"), row.getString("object_key"),
				new Held(Columns.night(row), row.getString("manifest_hash")), Columns.instant(row, "judged_at"),
				Columns.instantOrNull(row, "newest_proven"));
	}

	/** A night that was judged, before the rest of it is read. */
	private record Candidate(long document, String key, Held point, Instant judgedAt, @Nullable Instant newestProven) {

		Candidate later(Candidate other) {
			return other.judgedAt.isAfter(judgedAt) ? other : this;
		}

	}

}
