package dev.longhaul.scheduler.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import dev.longhaul.backupstore.catalog.CatalogDocuments;
import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Mirroring;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.run.Mirroring.Seen;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Places;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.Rehearsal;
import dev.longhaul.core.run.RunBefore;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.run.Verification;
import dev.longhaul.core.run.Verification.Reading;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Writes, replaces, damages and removes the documents of a bucket, as a seed has it.
 */
final class RandomBucket {

	private static final Instant FIRST = Instant.parse("2026-11-20T02:30:00Z");

	private static final List<String> JOBS = List.of("nightly", "a", "a-b");

	private static final List<String> APPLICATIONS = List.of("gitea", "nextcloud", "vaultwarden", "wiki");

	private static final int NIGHTS = 4;

	private static final Place BUCKET = new Place("s3://bucket@region/", "object storage", "away", Answer.UNKNOWN,
			"the lock could not be read");

	private final Random random;

	private final ObjectStore store;

	private final RunCatalog catalog;

	/** What was at a key once. */
	private final Map<String, byte[]> older = new HashMap<>();

	RandomBucket(Random random, ObjectStore store, RunCatalog catalog) {
		this.random = random;
		this.store = store;
		this.catalog = catalog;
	}

	/** Does one thing to it. */
	void change() {
		switch (random.nextInt(11)) {
			case 0, 1, 2 -> catalog.write(manifest());
			case 3, 4 -> randomManifest().ifPresent(manifest -> catalog.write(proof(manifest)));
			case 5 -> catalog.write(verification());
			case 6 -> catalog.write(mirroring());
			case 7 -> randomManifest().ifPresent(manifest -> catalog.write(exports(manifest)));
			case 8 -> catalog.write(rehearsal());
			case 9 -> randomKey().ifPresent(this::damage);
			default -> randomKey().ifPresent(key -> store.delete(List.of(key)));
		}
	}

	private void damage(String key) {
		byte[] now = store.open(key).map(RandomBucket::bytes).orElseThrow();
		byte[] before = older.put(key, now);
		if (before != null && random.nextBoolean()) {
			store.put(key, before);
		}
		else if (random.nextBoolean()) {
			store.put(key, "{}".getBytes(StandardCharsets.UTF_8));
		}
	}

	private static byte[] bytes(StoredObject object) {
		try (object) {
			return object.content().readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Optional<String> randomKey() {
		List<String> keys = new ArrayList<>();
		catalog.documents().forEach(entry -> keys.add(entry.key()));
		return keys.isEmpty() ? Optional.empty() : Optional.of(anyOf(keys));
	}

	private Optional<RecordedManifest> randomManifest() {
		List<Night> nights = new ArrayList<>();
		catalog.documents().forEach(entry -> {
			if (entry.kind() == CatalogDocuments.Kind.MANIFEST) {
				nights.add(entry.night());
			}
		});
		try {
			return nights.isEmpty() ? Optional.empty() : catalog.findManifest(anyOf(nights));
		}
		catch (DamagedData ex) {
			return Optional.empty();
		}
	}

	private RunManifest manifest() {
		Night night = night();
		return new RunManifest(night, before(night), "s3://bucket@region/", "v1.12.1", oneOf("5f0c1d", null), time(),
				applications().stream().map(application -> point(night, application)).toList(), Map.of());
	}

	/** What it really saw, or something else. */
	private @Nullable RunBefore before(Night night) {
		Night earlier = new Night(night.job(), night.scheduledFor().minus(Duration.ofDays(1)));
		try {
			return switch (random.nextInt(4)) {
				case 0 -> null;
				case 1 -> new RunBefore(earlier.scheduledFor(), "0a1b2c");
				default -> catalog.findManifest(earlier)
					.map(found -> new RunBefore(earlier.scheduledFor(), found.hash()))
					.orElse(null);
			};
		}
		catch (DamagedData ex) {
			return null;
		}
	}

	private RestorePoint point(Night night, ApplicationName application) {
		List<VolumeBackup> backups = new ArrayList<>();
		for (int volume = 0; volume <= random.nextInt(3); volume++) {
			VolumeName name = new VolumeName("pvc-%s-%d".formatted(application, volume));
			backups.add(new VolumeBackup(new ClaimRef(application.value(), "data-" + volume), name,
					night.snapshotName(application, name), time(), night.backupName(application, name),
					ByteSize.ofMebibytes(random.nextInt(5))));
		}
		QuietWindow quiet = random.nextBoolean() ? new QuietWindow(time(), Duration.ofMillis(random.nextInt(9000)))
				: null;
		return new RestorePoint(application, null, quiet, backups);
	}

	private RunProof proof(RecordedManifest manifest) {
		String hash = (random.nextInt(4) > 0) ? manifest.hash() : "0a1b2c";
		Places places = (random.nextInt(3) > 0) ? new Places(Place.ofLiveVolumes("home"), BUCKET) : null;
		List<ApplicationProof> judged = applications().stream()
			.map(application -> new ApplicationProof(verdict(application), answer(), oneOf(time(), null)))
			.toList();
		return new RunProof(manifest.night(), hash, time(), places, judged);
	}

	private Verdict verdict(ApplicationName application) {
		List<Judgement> judgements = new ArrayList<>();
		for (Clause clause : Clause.values()) {
			judgements
				.add(new Judgement(clause, anyOf(List.of(Answer.values())), "as seed has it " + random.nextInt(9)));
		}
		return new Verdict(application, judgements);
	}

	private Proof answer() {
		return switch (random.nextInt(5)) {
			case 0 -> new Proof.Refuted(time(), "missing-block: " + random.nextInt(9));
			case 1 -> new Proof.Refuted(time(), Proof.Flaw.DATA, "row 3 missing from index");
			case 2 -> new Proof.Unread("TARGET_UNREACHABLE: it is down");
			default -> new Proof.Proven(time(), random.nextInt(50), ByteSize.ofMebibytes(random.nextInt(99)), checks());
		};
	}

	private List<CheckResult> checks() {
		return switch (random.nextInt(3)) {
			case 0 -> List.of(new CheckResult.Passed("sqlite data/db.sqlite3", time()));
			case 1 -> List.of(new CheckResult.NotRun("sqlite data/db.sqlite3", "no room"));
			default -> List.of();
		};
	}

	private Verification verification() {
		List<Reading> readings = new ArrayList<>();
		for (ApplicationName application : applications()) {
			Held point = held();
			readings.add(new Reading(point.night(), application, point.manifestHash(), answer()));
		}
		return new Verification(night(), time(), oneOf("file:///mnt/nas", null), readings);
	}

	private Rehearsal rehearsal() {
		return new Rehearsal(night(), time(), applications().stream().map(this::start).toList());
	}

	private Rehearsal.Start start(ApplicationName application) {
		Held point = held();
		return new Rehearsal.Start(point.night(), application, point.manifestHash(), time(),
				Duration.ofMillis(random.nextInt(99_000)), anyOf(List.of(Rehearsal.Outcome.values())),
				"as seed has it " + random.nextInt(9));
	}

	private Mirroring mirroring() {
		Place mirror = new Place(oneOf("file:///mnt/nas", "s3://mirror@region/"), "file system", oneOf("attic", null),
				anyOf(List.of(Answer.values())), "as the seed has it");
		if (random.nextInt(4) == 0) {
			return new Mirroring(night(), time(), mirror, "TARGET_UNREACHABLE: it is down", List.of());
		}
		return new Mirroring(night(), time(), mirror, null,
				applications().stream().map(application -> new Seen(application, oneOf(held(), null))).toList());
	}

	private Held held() {
		return randomManifest().map(manifest -> new Held(manifest.night(), manifest.hash()))
			.orElseGet(() -> new Held(night(), "0a1b2c"));
	}

	private RunExports exports(RecordedManifest manifest) {
		String hash = (random.nextInt(4) > 0) ? manifest.hash() : "0a1b2c";
		Fingerprint fingerprint = new Fingerprint(ByteSize.ofMebibytes(random.nextInt(9)), "0f".repeat(32));
		return new RunExports(manifest.night(), hash, time(),
				applications().stream()
					.map(application -> new ApplicationExports(application,
							List.of(new StoredExport(new ExportName("database"), "pg_dump", fingerprint, fingerprint,
									List.of(), time(), time())),
							Map.of(new ExportName("objects"), "forbidden")))
					.toList());
	}

	private List<ApplicationName> applications() {
		return APPLICATIONS.stream().filter(name -> random.nextInt(3) > 0).map(ApplicationName::new).toList();
	}

	private Night night() {
		return new Night(new JobName(anyOf(JOBS)), FIRST.plus(Duration.ofDays(random.nextInt(NIGHTS))));
	}

	/** Few enough that some are the same, and some long ago. */
	private Instant time() {
		Duration after = random.nextInt(12) == 0 ? Duration.ofDays(-40) : Duration.ofHours(random.nextInt(5) * 24L);
		return FIRST.plus(after).plusSeconds(random.nextInt(3)).plusNanos(random.nextInt(2) * 123_456_000L);
	}

	private <T> T anyOf(List<T> choices) {
		return choices.get(random.nextInt(choices.size()));
	}

	private <T> @Nullable T oneOf(@Nullable T one, @Nullable T other) {
		return random.nextBoolean() ? one : other;
	}

}
