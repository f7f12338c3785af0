package dev.longhaul.backupstore.mirror;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.ExportOrder;
import dev.longhaul.backupstore.verify.Backupstore;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Recorded.Refusal;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What nights exported beside the volumes goes to the copy too. */
class MirrorExportsTest extends MirrorScene {

	private static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"));

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final String FOLDER = "longhaul/exports/nightly/20261122t023000z/gitea/";

	private static final String RECORD = "longhaul/runs/nightly/20261122t023000z/exports.json";

	private static final String LARGE = FOLDER + "large.zst";

	private static final String SMALL = FOLDER + "small.zst";

	private final RunCatalog catalog = new RunCatalog(source, new BackupstoreLayout(""), pause, Seal.none());

	@BeforeEach
	void exportTwoStreams() {
		givenTwoBackupsSharingBlocks();
		ExportArchive archive = new ExportArchive(source, new BackupstoreLayout(""), pause, clock);
		byte[] random = new byte[300_000];
		new Random(1).nextBytes(random);
		StoredExport large = archive.keep(order("large"), new ByteArrayInputStream(random));
		StoredExport small = archive.keep(order("small"), new ByteArrayInputStream(new byte[] { 1, 2, 3 }));
		record(large, small);
	}

	@Test
	void theyAreCopiedByteForByteAfterTheVolumesAndBeforeTheDocuments() {
		MirrorReport report = mirror();

		assertThat(report.status()).isEqualTo(ExitStatus.PROVEN);
		assertThat(report.exports().copied().count()).isEqualTo(2);
		assertThat(report.exports().copied()).isEqualTo(report.exports().planned());
		List<String> puts = destination.dataPuts();
		assertThat(puts.subList(puts.indexOf(there(volume.configKey())) + 1, puts.size()))
			.containsExactlyInAnyOrder(there(LARGE), there(SMALL), there(RECORD), there(manifestKey()))
			.endsWith(there(RECORD), there(manifestKey()));
		assertThat(contentThere(LARGE)).isEqualTo(source.content(LARGE));
		assertThat(contentThere(SMALL)).isEqualTo(source.content(SMALL));
	}

	@Test
	void theOnesThatAreThereAreNotEvenReadAgain() {
		mirror();
		destination.puts.clear();
		List<String> opened = new ArrayList<>();
		source.onOpen(opened::add);

		MirrorReport again = mirror();

		assertThat(again.exports().held().count()).isEqualTo(2);
		assertThat(destination.puts).isEmpty();
		assertThat(opened).doesNotContain(LARGE, SMALL);
	}

	@Test
	void oneOfAnotherSizeIsCopiedAgain() {
		mirror();
		put(destination, there(SMALL), "cut");

		MirrorReport report = mirror();

		assertThat(report.exports().copied().count()).isEqualTo(1);
		assertThat(contentThere(SMALL)).isEqualTo(source.content(SMALL));
	}

	@Test
	void oneThatWasDamagedInTheCopyIsHealed() {
		mirror();
		destination.putUnseen(there(LARGE), flipped(LARGE));
		assertThat(mirror().exports().held().count()).isEqualTo(2);

		MirrorReport report = mirror(Healing.READ_BACK, 100);

		assertThat(report.exports().copied().count()).isEqualTo(1);
		assertThat(contentThere(LARGE)).isEqualTo(source.content(LARGE));
	}

	@Test
	void oneThatIsDamagedInTheSourceNeverReachesTheCopy() {
		source.put(LARGE, flipped(LARGE), NOW);

		MirrorReport report = mirror();

		assertThat(report.status()).isEqualTo(ExitStatus.DAMAGE);
		assertThat(report.exports().damaged()).extracting(Refusal::subject).containsExactly(LARGE);
		assertThat(report.exports().damaged().get(0).reason())
			.startsWith(LARGE + " in held is not what was kept: kept ");
		assertThat(report.exports().copied().count()).isEqualTo(1);
		assertThat(destination.find(there(LARGE))).isEmpty();
		assertThat(contentThere(SMALL)).isEqualTo(source.content(SMALL));
		assertThat(contentThere(RECORD)).as("tells what the source should have").isEqualTo(source.content(RECORD));
	}

	@Test
	void whatTheSourceHasLostNeverReplacesWhatTheCopyHas() {
		mirror();
		source.remove(LARGE);
		put(source, SMALL, "another");
		destination.puts.clear();

		MirrorReport report = mirror();

		assertThat(report.exports().held().count()).isEqualTo(2);
		assertThat(report.status()).isEqualTo(ExitStatus.PROVEN);
		assertThat(destination.puts).isEmpty();
	}

	@Test
	void oneThatIsGoneOrOfAnotherSizeIsSaidWithoutBeingRead() {
		int kept = source.content(LARGE).length;
		source.remove(LARGE);
		put(source, SMALL, "another");

		for (MirrorReport report : List.of(plan(), mirror())) {
			assertThat(report.status()).isEqualTo(ExitStatus.DAMAGE);
			assertThat(report.exports().damaged()).containsExactlyInAnyOrder(
					new Refusal(LARGE, "it is gone; %d bytes were kept".formatted(kept)),
					new Refusal(SMALL, "it has 7 bytes; 16 bytes were kept"));
		}
	}

	@Test
	void oneThatWentWithItsRestorePointIsNoDamage() {
		catalog.write(manifest(Backupstore.VOLUME, "removed-by-retention"));
		record(catalog.findExports(NIGHT).orElseThrow().find(GITEA, new ExportName("large")).orElseThrow());
		source.remove(LARGE);

		MirrorReport report = mirror();

		assertThat(report.status()).isEqualTo(ExitStatus.PROVEN);
		assertThat(report.exports().planned()).isEqualTo(Load.NONE);
	}

	@Test
	void oneThatIsRecordedNoLongerWhenItsTurnComesIsNoDamage() {
		source.onOpen(key -> {
			if (key.equals(LARGE)) {
				source.remove(LARGE);
				record();
			}
		});

		MirrorReport report = mirror();

		assertThat(report.status()).isEqualTo(ExitStatus.PROVEN);
		assertThat(report.exports().planned().count()).isEqualTo(2);
		assertThat(report.exports().copied().count()).isEqualTo(1);
	}

	@Test
	void aTransferThatBreaksIsBegunAgain() {
		source.breakTransfers(LARGE, 2);

		MirrorReport report = mirror();

		assertThat(source.breaksLeft()).isZero();
		assertThat(report.status()).isEqualTo(ExitStatus.PROVEN);
		assertThat(contentThere(LARGE)).isEqualTo(source.content(LARGE));
	}

	@Test
	void aPlanCountsThemAndCopiesNone() {
		MirrorReport plan = plan();

		assertThat(plan.exports().planned().count()).isEqualTo(2);
		assertThat(plan.exports().copied()).isEqualTo(Load.NONE);
		assertThat(plan.plan().exports()).isEqualTo(plan.exports().planned());
		assertThat(destination.puts).isEmpty();
	}

	@Test
	void onlyThoseOfApplicationsWithTheChosenVolumes() {
		assertThat(plan(Backupstore.VOLUME).exports().planned().count()).isEqualTo(2);

		catalog.write(manifest(new VolumeName("another")));
		StoredExport small = catalog.findExports(NIGHT)
			.orElseThrow()
			.find(GITEA, new ExportName("small"))
			.orElseThrow();
		record(small);

		assertThat(plan(Backupstore.VOLUME).exports().planned()).isEqualTo(Load.NONE);
		assertThat(plan().exports().planned().count()).isEqualTo(1);
	}

	@Test
	void whatIsRecordedBesideAnotherManifestIsNotBelieved() {
		catalog.write(manifest(new VolumeName("another")));

		MirrorReport report = mirror();

		assertThat(report.status()).isEqualTo(ExitStatus.DAMAGE);
		assertThat(report.exports().refused()).containsExactly(
				new Refusal(RECORD, RECORD + " of held belongs to another manifest than the one beside it"));
		assertThat(destination.find(there(LARGE))).isEmpty();
	}

	@Test
	void whatNobodyRecordedIsNotCopied() {
		put(source, FOLDER + "stray.zst", "stray");

		mirror();

		assertThat(destination.find(there(FOLDER + "stray.zst"))).isEmpty();
	}

	private MirrorReport plan(VolumeName... volumes) {
		return mirror(source, destination, Healing.TRUST_LISTING, 1000).plan(Set.of(volumes));
	}

	private void record(StoredExport... exports) {
		if (catalog.findManifest(NIGHT).isEmpty()) {
			catalog.write(manifest(Backupstore.VOLUME));
		}
		String hash = catalog.findManifest(NIGHT).orElseThrow().hash();
		catalog.write(
				new RunExports(NIGHT, hash, NOW, List.of(new ApplicationExports(GITEA, List.of(exports), Map.of()))));
	}

	private static RunManifest manifest(VolumeName of) {
		return manifest(of, "one");
	}

	private static RunManifest manifest(VolumeName of, String name) {
		VolumeBackup backup = new VolumeBackup(new ClaimRef("gitea", "data"), of, new SnapshotName("one"),
				NIGHT.scheduledFor(), new BackupName(name), ByteSize.ofMebibytes(6));
		RestorePoint point = new RestorePoint(GITEA, List.of(backup));
		return new RunManifest(NIGHT, null, "s3://bucket@region/", "1.10.1", null, NOW, List.of(point), Map.of());
	}

	private static ExportOrder order(String name) {
		return new ExportOrder(NIGHT, GITEA, new ExportName(name), "a test", List.of());
	}

	private static String manifestKey() {
		return RECORD.replace("exports.json", "manifest.json");
	}

	private byte[] flipped(String key) {
		byte[] content = source.content(key);
		content[content.length / 2] ^= 1;
		return content;
	}

	private byte[] contentThere(String key) {
		return contents(destination, there(key)).get(there(key));
	}

}
