package dev.longhaul.scheduler.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import javax.sql.DataSource;

import dev.longhaul.backupstore.catalog.CatalogDocuments;
import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.memory.InMemoryObjectStore;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.testing.ForwardingObjectStore;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Mirroring;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.run.Mirroring.Seen;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Places;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.run.Verification;
import dev.longhaul.core.run.Verification.Reading;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/** A bucket in memory, and a ledger of it in an empty database. */
abstract class LedgerScene {

	static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");

	static final ApplicationName GITEA = new ApplicationName("gitea");

	static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"));

	static final Place BUCKET = new Place("s3://bucket@region/", "object storage", "away", Answer.HOLDS,
			"objects are locked");

	static final Place NAS = new Place("file:///mnt/nas", "file system", "attic", Answer.FAILS, "no lock");

	final TestClock clock = new TestClock(NOW);

	final AtomicInteger gets = new AtomicInteger();

	final InMemoryObjectStore memory = new InMemoryObjectStore(clock);

	final ObjectStore store = new ForwardingObjectStore(memory) {

		@Override
		public Optional<StoredObject> open(String key) {
			gets.incrementAndGet();
			return super.open(key);
		}

	};

	final RunCatalog catalog = catalog(store, Seal.none());

	DataSource database;

	Ledger ledger;

	/** One with its tables and nothing in them. */
	abstract DataSource emptyDatabase();

	@BeforeEach
	void openLedger() {
		database = emptyDatabase();
		ledger = ledger(transactions(), catalog.documents());
	}

	/**
	 * That the ledger, read through all its questions, says what the bucket says as a
	 * whole.
	 */
	final void requireEqual(String when) {
		new WholeReading(ledger, catalog, clock.instant()).requireEqual(when);
		assertThat(new JdbcTemplate(database).queryForObject("SELECT COUNT(*) FROM ledger_touched", Integer.class))
			.as(when)
			.isZero();
	}

	static <T> List<T> all(Function<@Nullable Cursor, Page<T>> question) {
		List<T> all = new ArrayList<>();
		Cursor after = null;
		do {
			Page<T> page = question.apply(after);
			all.addAll(page.entries());
			after = (page.next() != null) ? Cursor.parse(page.next().toString()) : null;
		}
		while (after != null);
		return all;
	}

	Ledger ledger(PlatformTransactionManager transactions, CatalogDocuments documents) {
		return new Ledger(database, transactions, documents, clock);
	}

	PlatformTransactionManager transactions() {
		return new JdbcTransactionManager(database);
	}

	static RunCatalog catalog(ObjectStore store, Seal seal) {
		return new RunCatalog(store, new BackupstoreLayout(""), Pause.real(), seal);
	}

	RecordedManifest write(Night night, RestorePoint... points) {
		catalog.write(
				new RunManifest(night, null, "s3://bucket@region/", "v1.12.1", null, NOW, List.of(points), Map.of()));
		return catalog.findManifest(night).orElseThrow();
	}

	static RestorePoint point(ApplicationName application, int volumes) {
		List<VolumeBackup> backups = new ArrayList<>();
		for (int volume = 0; volume < volumes; volume++) {
			backups.add(backup(application, volume, ByteSize.ofMebibytes(1).bytes()));
		}
		return new RestorePoint(application, null, new QuietWindow(NOW, Duration.ofMillis(400)), backups);
	}

	static VolumeBackup backup(ApplicationName application, int volume, long bytes) {
		return backup(application, volume, bytes, NOW);
	}

	static VolumeBackup backup(ApplicationName application, int volume, long bytes, Instant at) {
		VolumeName name = new VolumeName("pvc-%s-%d".formatted(application, volume));
		return new VolumeBackup(new ClaimRef(application.value(), "data-" + volume), name,
				NIGHT.snapshotName(application, name), at, NIGHT.backupName(application, name), new ByteSize(bytes));
	}

	static RunProof proof(RecordedManifest manifest, Proof proof) {
		return new RunProof(manifest.night(), manifest.hash(), NOW, places(),
				List.of(new ApplicationProof(new Verdict(GITEA, List.of()), proof, NOW)));
	}

	static Proof proven(Instant at) {
		return new Proof.Proven(at, 24, ByteSize.ofMebibytes(48));
	}

	static Places places() {
		return new Places(Place.ofLiveVolumes("home"), BUCKET);
	}

	static Verification verification(Reading reading) {
		return verification(null, reading);
	}

	static Verification verification(@Nullable String mirror, Reading reading) {
		return new Verification(run(), NOW, mirror, List.of(reading));
	}

	static Night run() {
		return new Night(new JobName("proof"), NOW);
	}

	static Mirroring mirroring(RecordedManifest manifest) {
		return new Mirroring(new Night(new JobName("to-the-nas"), NOW), NOW, NAS, null,
				List.of(new Seen(GITEA, new Held(manifest.night(), manifest.hash()))));
	}

}
