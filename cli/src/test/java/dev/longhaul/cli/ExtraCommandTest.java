package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.MadeTarget;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ExtraCommandTest {

	private static final Instant LATER = Cli.NOW.plus(Duration.ofDays(15));

	@TempDir
	private Path directory;

	private MadeTarget source;

	private Path copy;

	private String copyUrl;

	private Checksum onlyInFirst;

	@BeforeEach
	void mirrorAndDeleteTheFirstBackup() throws IOException {
		source = new MadeTarget(directory.resolve("source"));
		source.putVolume("db", 64L * MadeTarget.BLOCK_SIZE);
		List<Checksum> blocks = source.putBlocks("db", 5);
		onlyInFirst = blocks.get(0);
		source.putManifest("db", "backup-1", blocks.subList(0, 3));
		source.putManifest("db", "backup-2", blocks.subList(1, 5));
		copy = Files.createDirectory(directory.resolve("copy"));
		copyUrl = "file://" + copy;
		assertThat(new Cli().run("mirror", source.url(), copyUrl).status()).isZero();
		Files.delete(source.file(source.manifestKey("db", "backup-1")));
		Files.delete(source.file(source.blockKey("db", onlyInFirst)));
		assertThat(new Cli().run("mirror", source.url(), copyUrl).status()).isZero();
	}

	@Test
	void saysWhatMayGoAndFromWhen() {
		Outcome early = new Cli().run("extra", "plan", source.url(), copyUrl, "--no-pins");
		Outcome ripe = later().run("extra", "plan", source.url(), copyUrl, "--no-pins");

		assertThat(early.out()).startsWith("""
				%s/  ->  %s/
				1 backup only in the mirror: 1 stay, 0 go after 14d

				db
				  stays   backup-1   may go from 2026-12-06T12:00:00Z

				plan\s""".formatted(directory.resolve("source"), copy));
		assertThat(ripe.out()).contains("0 stay, 1 go after 14d",
				"  goes   backup-1   missing in the source since 2026-11-22T12:00:00Z");
		assertThat(ripe.status()).isZero();
		assertThat(copy.resolve(source.manifestKey("db", "backup-1"))).exists();
	}

	@Test
	void removesWhatWasApprovedAndNothingElse() {
		String hash = hash();

		Outcome outcome = later().run("extra", "apply", source.url(), copyUrl, "--no-pins", "--approve", hash);

		assertThat(outcome.out()).startsWith("● removed   db   backup-1; 1 block, ");
		assertThat(outcome.status()).as(outcome.errors()).isZero();
		assertThat(copy.resolve(source.manifestKey("db", "backup-1"))).doesNotExist();
		assertThat(copy.resolve(source.blockKey("db", onlyInFirst))).doesNotExist();
		assertThat(new Cli().run("verify", copyUrl).out()).contains("● 1 backup proven");
		assertThat(later().run("extra", "plan", source.url(), copyUrl, "--no-pins").out())
			.contains("0 backups only in the mirror");
		assertThat(later().run("extra", "apply", source.url(), copyUrl, "--no-pins", "--approve", hash).errors())
			.contains("[PLAN_CHANGED]\nhint: look at the plan as it is now with 'longhaul extra plan'");
	}

	@Test
	void writesDocumentsForMachines() throws IOException {
		Outcome plan = later().run("extra", "plan", source.url(), copyUrl, "--no-pins", "--output", "json");
		Outcome apply = later().run("extra", "apply", source.url(), copyUrl, "--no-pins", "--approve",
				plan.json().at("/plan").asString(), "--output", "json");

		assertThat(Schema.of("extra-plan").violations(plan.out())).isEmpty();
		assertThat(plan.json().at("/backups/0/decision").asString()).isEqualTo("goes");
		assertThat(Schema.of("extra-apply").violations(apply.out())).isEmpty();
		assertThat(apply.json().at("/complete").asBoolean()).isTrue();
		assertThat(apply.json().at("/volumes/0/backups/0").asString()).isEqualTo("backup-1");
	}

	@Test
	void saysWhatStaysAndEndsWithThree() throws IOException {
		String hash = hash();
		Path lock = copy.resolve(source.configKey("db")).resolveSibling("locks/lock-00000000000000aa.lck");
		Files.createDirectories(lock.getParent());
		Files.writeString(lock, "{\"Name\":\"lock-00000000000000aa\",\"Type\":1,\"Acquired\":true}");
		Files.setLastModifiedTime(lock, FileTime.from(LATER.plus(Duration.ofHours(1))));

		Outcome outcome = later().passing()
			.run("extra", "apply", source.url(), copyUrl, "--no-pins", "--approve", hash);

		assertThat(outcome.out()).startsWith(
				"◌ removed   db   no backup; 0 blocks, 0 B; the rest stays: it is being backed up, restored or mirrored there");
		assertThat(outcome.status()).isEqualTo(3);
	}

	@Test
	void keepsWhatIsPinnedInGit() throws IOException {
		recordANightOfTheFirst();
		Path clone = directory.resolve("homelab");
		Files.createDirectories(clone.resolve("longhaul/applications"));
		Files.createDirectories(clone.resolve("longhaul/jobs"));
		Files.writeString(clone.resolve("longhaul/applications/shop.yaml"), """
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata: {name: shop}
				spec: {namespace: shop, volumes: [{claim: db-data}]}
				""");
		Files.writeString(clone.resolve("longhaul/jobs/nightly.yaml"), """
				apiVersion: longhaul.dev/v1
				kind: BackupJob
				metadata: {name: nightly}
				spec:
				  schedule: "30 2 * * *"
				  timeZone: UTC
				  applications: [shop]
				  retention: {last: 3, pins: [{at: 2026-11-20T02:30:00Z, reason: before the upgrade}]}
				""");

		Outcome pinned = later().run("extra", "plan", source.url(), copyUrl, "--repo", clone.toString());

		assertThat(pinned.out()).as(pinned.errors()).contains("stays   backup-1   pinned: before the upgrade");
		assertThat(later().run("extra", "plan", source.url(), copyUrl, "--no-pins").out()).contains("goes   backup-1");
	}

	@Test
	void wantsToKnowWhatIsPinnedAndALongerPeriod() {
		assertThat(new Cli().run("extra", "plan", source.url(), copyUrl).errors())
			.startsWith("longhaul: nothing says what is pinned   [INVALID_USAGE]");
		assertThat(new Cli().run("extra", "plan", source.url(), copyUrl, "--no-pins", "--repo", ".").errors())
			.contains("more than one is there   [INVALID_USAGE]");
		Outcome period = new Cli().run("extra", "plan", source.url(), copyUrl, "--no-pins", "--after", "0d");
		assertThat(period.errors()).contains("'0d' is no safety period: write a number of days from 1, as in 14d");
		assertThat(period.status()).isEqualTo(2);
	}

	@Test
	void nothingGoesWhileTheSourceIsEmptyOrGone() throws IOException {
		Path empty = Files.createDirectory(directory.resolve("empty"));

		Outcome nothing = later().run("extra", "plan", "file://" + empty, copyUrl, "--no-pins");
		Outcome gone = later().run("extra", "plan", "file://" + directory.resolve("gone"), copyUrl, "--no-pins");

		assertThat(nothing.errors()).contains("[NOT_A_BACKUPSTORE]");
		assertThat(gone.errors()).contains("[BUCKET_NOT_FOUND]");
		assertThat(gone.status()).isEqualTo(3);
	}

	private void recordANightOfTheFirst() {
		Night night = new Night(new JobName("nightly"), Instant.parse("2026-11-20T02:30:00Z"));
		VolumeBackup backup = new VolumeBackup(new ClaimRef("shop", "db-data"), new VolumeName("db"),
				new SnapshotName("snapshot"), night.scheduledFor(), new BackupName("backup-1"),
				ByteSize.ofMebibytes(6));
		try (ObjectStore store = Targets.open(TargetUrl.parse(copyUrl), Map.of(), Clock.systemUTC())) {
			new RunCatalog(store, new BackupstoreLayout(""), Pause.real(), Seal.none())
				.write(new RunManifest(night, null, copyUrl, "v1.10.1", null, night.scheduledFor(),
						List.of(new RestorePoint(new ApplicationName("shop"), List.of(backup))), Map.of()));
		}
	}

	private String hash() {
		return later().run("extra", "plan", source.url(), copyUrl, "--no-pins", "--output", "json")
			.json()
			.at("/plan")
			.asString();
	}

	private static Cli later() {
		return new Cli().at(LATER);
	}

}
