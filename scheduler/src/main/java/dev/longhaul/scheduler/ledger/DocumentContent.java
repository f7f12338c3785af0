package dev.longhaul.scheduler.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.catalog.CatalogDocument;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.Mirroring;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.run.Places;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.Rehearsal;
import dev.longhaul.core.run.RunBefore;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.run.Verification;
import dev.longhaul.core.run.Verification.Reading;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.verdict.Proof;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What a document says, as rows.
 */
final class DocumentContent {

	private static final String UNREAD = Columns.of(RunProof.NEVER_JUDGED);

	private final JdbcTemplate jdbc;

	DocumentContent(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * @return the hash of the manifest that it is, or speaks of; null if it is about many
	 */
	@Nullable String insert(long id, CatalogDocument document) {
		if (document instanceof CatalogDocument.Manifest manifest) {
			insert(id, manifest.recorded());
			return manifest.hash();
		}
		if (document instanceof CatalogDocument.Proof proof) {
			insert(id, proof.proof());
			return proof.proof().manifestHash();
		}
		if (document instanceof CatalogDocument.Exports exports) {
			insert(id, exports.exports());
			return exports.exports().manifestHash();
		}
		if (document instanceof CatalogDocument.Answers answers) {
			insert(id, answers.verification());
		}
		else if (document instanceof CatalogDocument.Copied copied) {
			insert(id, copied.mirroring());
		}
		else if (document instanceof CatalogDocument.Rehearsed rehearsed) {
			insert(id, rehearsed.rehearsal());
		}
		return null;
	}

	private void insert(long id, RecordedManifest recorded) {
		RunManifest manifest = recorded.manifest();
		RunBefore before = manifest.before();
		jdbc.update("""
				INSERT INTO ledger_manifest (document_id, written_at, before_for, before_hash, target_url,
					longhorn_version, revision)
				VALUES (?, ?, ?, ?, ?, ?, ?)""", id, Columns.of(manifest.writtenAt()),
				Columns.ofNullable((before != null) ? before.scheduledFor() : null),
				Columns.ofNullable((before != null) ? before.hash() : null), Columns.of(manifest.targetUrl()),
				Columns.of(manifest.longhornVersion()), Columns.ofNullable(manifest.revision()));
		List<Object[]> points = new ArrayList<>();
		List<Object[]> backups = new ArrayList<>();
		for (RestorePoint point : manifest.restorePoints()) {
			points.add(row(id, point));
			for (VolumeBackup backup : point.backups()) {
				backups.add(row(id, point.application().value(), backups.size(), Columns.of(backup.claim().toString()),
						backup.volume().value(), backup.snapshot().value(), Columns.of(backup.snapshotAt()),
						backup.backup().value(), backup.size().bytes()));
			}
		}
		jdbc.batchUpdate("""
				INSERT INTO ledger_point (document_id, application, taken_at, spread_micros, quiet, stored_bytes,
					volumes, answer, proof)
				VALUES (?, ?, ?, ?, ?, ?, ?, 'UNREAD', ?)""", points);
		jdbc.batchUpdate("""
				INSERT INTO ledger_volume_backup (document_id, application, place, claim, volume, snapshot,
					snapshot_at, backup, stored_bytes)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""", backups);
	}

	private static Object[] row(long id, RestorePoint point) {
		QuietWindow quiet = point.quiet();
		return row(id, point.application().value(), Columns.of(point.takenAt()), micros(point.spread()),
				(quiet != null) ? quiet.toString() : null, Sizes.of(point.backups()).bytes(), point.backups().size(),
				UNREAD);
	}

	private static long micros(Duration duration) {
		return Math.addExact(Math.multiplyExact(duration.toSeconds(), 1_000_000), duration.toNanosPart() / 1000);
	}

	private void insert(long id, RunProof proof) {
		jdbc.update("INSERT INTO ledger_proof (document_id, judged_at) VALUES (?, ?)", id,
				Columns.of(proof.judgedAt()));
		Places places = proof.places();
		if (places != null) {
			insert(id, "LIVE", places.live());
			insert(id, "TARGET", places.target());
		}
		List<Object[]> judged = new ArrayList<>();
		List<Object[]> readings = new ArrayList<>();
		List<Object[]> judgements = new ArrayList<>();
		Held point = new Held(proof.night(), proof.manifestHash());
		for (ApplicationProof application : proof.applications()) {
			String name = application.application().value();
			judged.add(row(id, name, Columns.ofNullable(application.newestProven())));
			readings.add(row(id, readings.size(), application.application(), point, null, application.tonight()));
			if (places == null) {
				for (Judgement judgement : application.verdict().judgements()) {
					judgements.add(row(id, name, judgements.size(), judgement.clause().name(),
							judgement.answer().name(), Columns.of(judgement.evidence())));
				}
			}
		}
		jdbc.batchUpdate("INSERT INTO ledger_judged (document_id, application, newest_proven) VALUES (?, ?, ?)",
				judged);
		insertReadings(id, readings, proof.applications().stream().map(ApplicationProof::tonight).toList());
		jdbc.batchUpdate("""
				INSERT INTO ledger_old_judgement (document_id, application, place, clause, answer, evidence)
				VALUES (?, ?, ?, ?, ?, ?)""", judgements);
	}

	private void insert(long id, Verification verification) {
		List<Object[]> readings = new ArrayList<>();
		for (Reading reading : verification.readings()) {
			readings.add(row(id, readings.size(), reading.application(),
					new Held(reading.night(), reading.manifestHash()), verification.mirror(), reading.proof()));
		}
		insertReadings(id, readings, verification.readings().stream().map(Reading::proof).toList());
	}

	private static Object[] row(long id, int place, ApplicationName application, Held point, @Nullable String mirror,
			Proof proof) {
		Answered answered = Answered.of(proof);
		return row(id, place, application.value(), point.night().job().value(),
				Columns.of(point.night().scheduledFor()), Columns.of(point.manifestHash()), Columns.ofNullable(mirror),
				answered.answer().name(), Columns.ofNullable(answered.at()), Columns.of(proof));
	}

	private void insertReadings(long id, List<Object[]> readings, List<Proof> proofs) {
		jdbc.batchUpdate("""
				INSERT INTO ledger_reading (document_id, place, application, point_job, point_for, point_hash, mirror,
					answer, read_at, proof)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", readings);
		jdbc.batchUpdate("""
				INSERT INTO ledger_reading_day (document_id, read_day, proven, refuted, blocks, read_bytes)
				VALUES (?, ?, ?, ?, ?, ?)""", ReadingDays.of(proofs)
			.stream()
			.map(day -> row(id, day.day().toEpochDay(), day.proven(), day.refuted(), day.blocks(), day.read().bytes()))
			.toList());
	}

	private void insert(long id, Rehearsal rehearsal) {
		jdbc.batchUpdate("""
				INSERT INTO ledger_start (document_id, application, point_job, point_for, point_hash, started_at,
					took_millis, outcome, evidence)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
				rehearsal.starts().stream().map(start -> row(id, start)).toList());
	}

	private static Object[] row(long id, Rehearsal.Start start) {
		return row(id, start.application().value(), start.night().job().value(),
				Columns.of(start.night().scheduledFor()), Columns.of(start.manifestHash()), Columns.of(start.at()),
				start.took().toMillis(), start.outcome().name(), Columns.of(start.evidence()));
	}

	private void insert(long id, Mirroring mirroring) {
		jdbc.update("INSERT INTO ledger_mirroring (document_id, finished_at, failure) VALUES (?, ?, ?)", id,
				Columns.of(mirroring.finishedAt()), Columns.ofNullable(mirroring.failure()));
		insert(id, "MIRROR", mirroring.mirror());
		jdbc.batchUpdate("""
				INSERT INTO ledger_seen (document_id, application, point_job, point_for, point_hash)
				VALUES (?, ?, ?, ?, ?)""", mirroring.seen().stream().map(seen -> row(id, seen)).toList());
	}

	private static Object[] row(long id, Mirroring.Seen seen) {
		Held newest = seen.newest();
		return (newest == null) ? row(id, seen.application().value(), null, null, null)
				: row(id, seen.application().value(), newest.night().job().value(),
						Columns.of(newest.night().scheduledFor()), Columns.of(newest.manifestHash()));
	}

	private void insert(long id, String part, Place place) {
		jdbc.update("""
				INSERT INTO ledger_place (document_id, part, name, medium, site, immutable, immutability_evidence)
				VALUES (?, ?, ?, ?, ?, ?, ?)""", id, part, Columns.of(place.name()), Columns.of(place.medium()),
				Columns.ofNullable(place.site()), place.immutable().name(), Columns.of(place.immutabilityEvidence()));
	}

	private void insert(long id, RunExports exports) {
		List<Object[]> rows = new ArrayList<>();
		for (RunExports.ApplicationExports application : exports.applications()) {
			String name = application.application().value();
			for (StoredExport export : application.kept()) {
				rows.add(row(id, name, export.name().value(), null, Columns.of(export.origin()),
						export.plain().size().bytes(), export.stored().size().bytes(), export.isEncrypted(),
						Columns.of(export.takenAt()), Columns.of(export.checkedAt())));
			}
			for (Map.Entry<ExportName, String> failed : application.failed().entrySet()) {
				if (application.find(failed.getKey()).isEmpty()) {
					rows.add(row(id, name, failed.getKey().value(), Columns.of(failed.getValue()), null, null, null,
							null, null, null));
				}
			}
		}
		jdbc.batchUpdate("""
				INSERT INTO ledger_export (document_id, application, name, failure, origin, plain_bytes, stored_bytes,
					encrypted, taken_at, checked_at)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", rows);
	}

	static Object[] row(@Nullable Object... columns) {
		return columns;
	}

}
