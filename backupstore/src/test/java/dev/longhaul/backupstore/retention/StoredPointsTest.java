package dev.longhaul.backupstore.retention;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.memory.InMemoryObjectStore;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.ExportOrder;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.retention.Condition.Complete;
import dev.longhaul.core.retention.Condition.Gone;
import dev.longhaul.core.retention.Condition.Unfinished;
import dev.longhaul.core.retention.Inventory;
import dev.longhaul.core.retention.Pin;
import dev.longhaul.core.retention.Retention;
import dev.longhaul.core.retention.RetentionPolicy;
import dev.longhaul.core.retention.StoredPoint;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StoredPointsTest {

	private static final ApplicationName APPLICATION = new ApplicationName("nextcloud");

	private static final VolumeName FILES = new VolumeName("pvc-files");

	private static final VolumeName DATABASE = new VolumeName("pvc-database");

	private static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-22T01:30:00Z"));

	private static final Proof PROVEN = new Proof.Proven(Instant.parse("2026-11-22T02:30:00Z"), 43,
			ByteSize.ofMebibytes(86));

	private static final StoredExport NEVER_KEPT = new StoredExport(new ExportName("other"), "output of other",
			new Fingerprint(new ByteSize(1), "0a".repeat(32)), new Fingerprint(new ByteSize(1), "0a".repeat(32)),
			List.of(), NIGHT.scheduledFor(), NIGHT.scheduledFor());

	private static final String TARGET = "s3://longhorn-backups@eu-central-003/";

	private final InMemoryObjectStore store = new InMemoryObjectStore(Clock.systemUTC());

	private final BackupstoreLayout layout = new BackupstoreLayout("");

	private final ExportArchive archive = new ExportArchive(store, layout, Pause.real(), Clock.systemUTC());

	private final BackupstoreRemovalWitness witness = witness(Clock.systemUTC());

	@Test
	void whatIsThereInFullIsAsItWasProven() {
		put(FILES, "files-22");
		put(DATABASE, "database-22");

		StoredPoint point = inventory(Map.of()).points().get(0);

		assertThat(point.condition()).isEqualTo(new Complete(PROVEN));
		assertThat(point.restorePoint().backups()).hasSize(2);
		assertThat(point.pin()).isNull();
		assertThat(point.uses()).isEmpty();
	}

	@Test
	void whatSomebodyDeletedInPartIsUnfinishedAndHoldsWhatIsLeft() {
		put(FILES, "files-22");

		StoredPoint point = inventory(Map.of()).points().get(0);

		assertThat(point.condition())
			.isEqualTo(new Unfinished("backup 'database-22' of volume 'pvc-database' was deleted"));
		assertThat(point.restorePoint().backups()).extracting(VolumeBackup::volume).containsExactly(FILES);
	}

	@Test
	void whatSomebodyDeletedIsNone() {
		assertThat(inventory(Map.of()).points()).isEmpty();
	}

	@Test
	void aPinIsOfTheNightThatWasDueThen() {
		put(FILES, "files-22");
		put(DATABASE, "database-22");

		Inventory inventory = inventory(Map.of(NIGHT.scheduledFor(), new Pin("before the upgrade")));

		assertThat(inventory.points().get(0).pin()).isEqualTo(new Pin("before the upgrade"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"Name\":\"lock-0123456789abcdef\",\"Type\":1,\"Acquired\":true}", "{", "" })
	void aLockOfWhoRestoresOrOfNobodyKnowsWhomIsAUse(String lock) {
		put(FILES, "files-22");
		put(DATABASE, "database-22");
		store.put(layout.lock(DATABASE, "lock-0123456789abcdef"), lock.getBytes(StandardCharsets.UTF_8));

		assertThat(inventory(Map.of()).points().get(0).uses()).singleElement()
			.hasToString("being read by the holder of a lock on volume 'pvc-database' (lock-0123456789abcdef.lck), who "
					+ "restores or makes a backup");
	}

	@Test
	void aLockOfWhoDeletesIsNoUse() {
		put(FILES, "files-22");
		store.put(layout.lock(FILES, "lock-0123456789abcdef"),
				"{\"Name\":\"lock-0123456789abcdef\",\"Type\":2,\"Acquired\":true}".getBytes(StandardCharsets.UTF_8));

		assertThat(inventory(Map.of()).points().get(0).uses()).isEmpty();
	}

	@Test
	void aLockThatNobodyRewritesIsNoUse() {
		store.put(layout.lock(FILES, "lock-0123456789abcdef"),
				"{\"Name\":\"lock-0123456789abcdef\",\"Type\":1,\"Acquired\":true}".getBytes(StandardCharsets.UTF_8));

		assertThat(witness.usesOf(FILES)).hasSize(1);
		assertThat(witness(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(151))).usesOf(FILES)).isEmpty();
	}

	@Test
	void recordsThatContradictEachOtherAreNotPlannedOver() {
		put(FILES, "files-22");
		Night other = new Night(new JobName("hourly"), NIGHT.scheduledFor());
		ApplicationRecord record = new ApplicationRecord(APPLICATION, List.of(recorded(NIGHT), recorded(other)), null);

		assertThatExceptionOfType(DamagedData.class).isThrownBy(() -> stored().of(record, TARGET, retention(Map.of())))
			.withMessage(
					"what nights recorded of 'nextcloud' contradicts itself: backup 'files-22' of volume 'pvc-files' "
							+ "is in two restore points");
	}

	@Test
	void aManifestIsThereUntilItIsDeleted() {
		put(FILES, "files-22");
		assertThat(witness.holds(FILES, new BackupName("files-22"))).isTrue();

		store.delete(List.of(layout.manifest(FILES, new BackupName("files-22"))));

		assertThat(witness.holds(FILES, new BackupName("files-22"))).isFalse();
	}

	@Test
	void blocksStayWhileABackupIsNotFinished() {
		put(FILES, "files-22");

		assertThat(witness.whyBlocksStay(FILES))
			.contains("backup 'files-22' is not finished or cannot be read, and while it is there Longhorn deletes no "
					+ "blocks");
		assertThat(witness.whyBlocksStay(DATABASE)).isEmpty();
	}

	@Test
	void whatWasExportedBelongsToItsRestorePointAsLongAsItIsAsItWasRecorded() {
		put(FILES, "files-22");
		put(DATABASE, "database-22");
		StoredExport kept = export("database");
		StoredExport replaced = export("settings");
		store.put(archive.key(NIGHT, APPLICATION, replaced), new byte[1]);

		Inventory inventory = inventoryOf(recorded(kept, replaced, NEVER_KEPT));

		assertThat(inventory.points()).singleElement()
			.satisfies(point -> assertThat(point.exports()).containsExactly(kept));
	}

	@Test
	void exportsThatOutliveTheirBackupsAreWhatIsLeft() {
		StoredExport kept = export("database");

		StoredPoint point = inventoryOf(recorded(kept)).points().get(0);

		assertThat(point.condition()).isEqualTo(new Gone());
		assertThat(point.backups()).isEmpty();
		assertThat(point.exports()).containsExactly(kept);
		assertThat(inventoryOf(recorded(NEVER_KEPT)).points()).isEmpty();
	}

	@Test
	void anExportIsRemovedOnceAndAnotherInItsPlaceIsLeftAlone() {
		StoredExport kept = export("database");
		String key = archive.key(NIGHT, APPLICATION, kept);

		archive.remove(NIGHT, APPLICATION, kept);
		archive.remove(NIGHT, APPLICATION, kept);
		assertThat(store.find(key)).isEmpty();

		store.put(key, new byte[1]);
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> archive.remove(NIGHT, APPLICATION, kept))
			.withMessage("%s in memory has 1 bytes and %d were kept, so it is another".formatted(key,
					kept.stored().size().bytes()));
		assertThat(store.find(key)).isPresent();
	}

	private StoredExport export(String name) {
		return archive.keep(new ExportOrder(NIGHT, APPLICATION, new ExportName(name), "output of " + name, List.of()),
				new ByteArrayInputStream(name.getBytes(StandardCharsets.UTF_8)));
	}

	private Inventory inventoryOf(ApplicationRecord.Point point) {
		return stored().of(new ApplicationRecord(APPLICATION, List.of(point), null), TARGET, retention(Map.of()));
	}

	private static ApplicationRecord.Point recorded(StoredExport... exports) {
		ApplicationRecord.Point point = recorded(NIGHT);
		return new ApplicationRecord.Point(point.night(), point.restorePoint(), point.proof(), List.of(exports));
	}

	/** Whether it is finished is nothing that an inventory looks at. */
	private void put(VolumeName volume, String backup) {
		store.put(layout.manifest(volume, new BackupName(backup)), "{}".getBytes(StandardCharsets.UTF_8));
	}

	private Inventory inventory(Map<Instant, Pin> pins) {
		return stored().of(new ApplicationRecord(APPLICATION, List.of(recorded(NIGHT)), null), TARGET, retention(pins));
	}

	private StoredPoints stored() {
		return StoredPoints.list(store, layout, witness, archive);
	}

	private BackupstoreRemovalWitness witness(Clock clock) {
		return new BackupstoreRemovalWitness(store, layout, clock, Pause.real());
	}

	private static Retention retention(Map<Instant, Pin> pins) {
		return new Retention(RetentionPolicy.parse("daily 3"), pins);
	}

	private static ApplicationRecord.Point recorded(Night night) {
		List<VolumeBackup> backups = Stream.of("files", "database")
			.map(name -> new VolumeBackup(new ClaimRef("cloud", name), new VolumeName("pvc-" + name),
					new SnapshotName(name + "-22"), night.scheduledFor(), new BackupName(name + "-22"),
					ByteSize.ofMebibytes(86)))
			.toList();
		return new ApplicationRecord.Point(night, new RestorePoint(APPLICATION, backups), PROVEN);
	}

}
