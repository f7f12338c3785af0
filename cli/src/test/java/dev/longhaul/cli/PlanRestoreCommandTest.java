package dev.longhaul.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.restore.plan.PlanJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Over backups that Longhorn's own engine wrote, of which nights record two.
 */
class PlanRestoreCommandTest {

	private static final VolumeName VOLUME = new VolumeName("pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90");

	private static final ApplicationName SHOP = new ApplicationName("shop");

	private static final Instant SATURDAY = Instant.parse("2026-11-21T02:30:00Z");

	private static final Instant SUNDAY = Instant.parse("2026-11-22T02:30:00Z");

	@TempDir
	private Path directory;

	private CopiedBackups bucket;

	@BeforeEach
	void copy() {
		bucket = CopiedBackups.of("a", directory);
	}

	@Test
	void plansFromABucketThatOnlyLonghornEverWroteTo() throws IOException {
		Outcome text = plan("--utc");
		Outcome json = plan("--output", "json");

		assertThat(text.status()).isZero();
		assertThat(text.out()).startsWith("Restore from %s   1 application, 1 volume\n".formatted(bucket.url()))
			.contains("  1   preflight       ", "shop/data-db-0   256 MiB   of 2026-11-22T09:15:08Z   ◌ never read   ",
					"reads at most 120 MiB with 60 gets: $0.00 at Backblaze's list price; about 10 s at 100 Mbit/s\n",
					"plan " + json.json().at("/hash").asString().substring(0, 12));
		assertThat(text.errors()).startsWith("note: signatures were not checked");
		assertThat(Schema.of("restore-plan").violations(json.out())).isEmpty();
		assertThat(json.json().at("/volumes/0/proven").asString()).isEqualTo("unknown");
		assertThat(json.json().at("/volumes/0/claim/storageClass").asString()).isEqualTo("longhorn");
		assertThat(PlanJson.read(json.out().getBytes(StandardCharsets.UTF_8), "it").volumes()).hasSize(1);
	}

	@Test
	void takesTheNewestProvenNightAndSaysWhyNotANewerOne() throws IOException {
		record(SATURDAY, "backup-45dde0fa9684d7bc", new Proof.Proven(SATURDAY, 19, ByteSize.ofMebibytes(38)));
		record(SUNDAY, "backup-9682af7cd470ade3", new Proof.Refuted(SUNDAY, "block 7a11 is missing"));

		Outcome text = plan("--utc");
		Outcome json = plan("--output", "json");
		Outcome damaged = plan("--restore-point", "nightly@20261122t023000z", "--output", "json");

		assertThat(text.out()).contains("of 2026-11-21T02:30:00Z   ● proven   ",
				"note: 'shop' has a newer restore point, of 2026-11-22T02:30:00Z, which is not taken: "
						+ "it was found damaged: block 7a11 is missing");
		assertThat(json.json().at("/volumes/0/backup").asString()).isEqualTo("backup-45dde0fa9684d7bc");
		assertThat(json.json().at("/volumes/0/proven").asBoolean()).isTrue();
		assertThat(damaged.json().at("/volumes/0/proven").asBoolean()).isFalse();
		assertThat(Schema.of("restore-plan").violations(damaged.out())).isEmpty();
	}

	@Test
	void whatIsMissingIsToldWithItsReasonAndDecidesTheExitStatus() {
		record(SUNDAY, "backup-gone", new Proof.Unread("stopped"));

		Outcome outcome = plan();

		assertThat(outcome.status()).isEqualTo(1);
		assertThat(outcome.out()).contains("0 volumes", """
				Missing:
				  application 'shop'   backup 'backup-gone' of volume '%s' is not in the bucket any more
				""".formatted(VOLUME));
	}

	@Test
	void isAPageForAWikiToo() {
		assertThat(plan("--output", "markdown").out()).startsWith("# Restore from file:///")
			.contains("| 2 | backup-target | Longhorn lists the backups of the bucket | ",
					"| shop/data-db-0 | 256 MiB | 2026-11-22T09:15:08Z | unproven | pvc-3f1d8a52-");
	}

	@Test
	void aNewPlaceIsPartOfThePlan() {
		Outcome beside = plan("--to-namespace", "drill", "--output", "json");
		Outcome renamed = plan("--rename", "shop/data-db-0=shop/data-of-sunday", "--output", "json");

		assertThat(beside.json().at("/volumes/0/claim/namespace").asString()).isEqualTo("drill");
		assertThat(beside.json().at("/volumes/0/name").asString()).isNotEqualTo(VOLUME.value());
		assertThat(renamed.json().at("/volumes/0/claim/name").asString()).isEqualTo("data-of-sunday");
	}

	@Test
	void theRepositoryIsNamedWithWhatServesInsteadOfIt() throws IOException {
		recordRepository();

		Outcome json = plan("--output", "json");

		assertThat(plan().out().replaceAll("\\s+", " "))
			.contains("repository of gitea, at 5a5a5a5a5a5a; if it is unusable, export 'repository' of gitea, "
					+ "nightly 2026-11-22T02:30:00Z, serves instead: 1 MiB, not encrypted");
		assertThat(plan("--output", "markdown").out()).contains("\nThe repository of gitea, at 5a5a5a5a5a5a; if ");
		assertThat(plan("--to-namespace", "drill").out()).doesNotContain("repository of");
		assertThat(json.json().at("/repository/revision").asString()).isEqualTo("5a".repeat(20));
		assertThat(json.json().at("/repository/bundle/night").asString()).isEqualTo("nightly@20261122t023000z");
		assertThat(Schema.of("restore-plan").violations(json.out())).isEmpty();
	}

	@Test
	void mistakesAreToldWithTheirValue() {
		assertThat(plan("--application", "shp").errors()).contains("of an application 'shp'   [APPLICATION_NOT_FOUND]",
				"hint: did you mean 'shop'?");
		assertThat(plan("--as-of", "yesterday").errors())
			.contains("'yesterday' is not an instant such as 2026-11-22T02:30:00Z   [INVALID_USAGE]");
		assertThat(plan("--restore-point", "monday").errors())
			.contains("'monday' is not a night such as nightly@20261122t023000z   [INVALID_USAGE]");
		assertThat(plan("--bandwidth", "0").errors()).contains("no download has 0 Mbit/s   [INVALID_USAGE]");
		assertThat(plan("--rename", "data=other").errors()).contains("'data' is not a claim; write namespace/name");
		assertThat(new Cli().run("restore", "plan").errors()).contains(
				"nothing says which bucket is restored from   [INVALID_USAGE]",
				"--target, or a recovery kit with --kit");
	}

	private void recordRepository() {
		Night night = new Night(new JobName("nightly"), SUNDAY);
		ApplicationName gitea = new ApplicationName("gitea");
		VolumeBackup recorded = new VolumeBackup(new ClaimRef("shop", "data-db-0"), VOLUME, new SnapshotName("snap"),
				SUNDAY, new BackupName("backup-9682af7cd470ade3"), ByteSize.ofMebibytes(38));
		Fingerprint bytes = new Fingerprint(ByteSize.ofMebibytes(1), "ab".repeat(32));
		StoredExport bundle = new StoredExport(new ExportName("repository"), "Git repository, one", bytes, bytes,
				List.of(), SUNDAY, SUNDAY);
		try (StreamingStore store = Targets.open(TargetUrl.parse(bucket.url()), Map.of(), Clock.systemUTC())) {
			RunCatalog catalog = new RunCatalog(store, new BackupstoreLayout(""), Pause.real(), Seal.none());
			catalog.write(new RunManifest(night, null, bucket.url(), "v1.12.1", "5a".repeat(20), SUNDAY,
					List.of(new RestorePoint(gitea, List.of(recorded))), Map.of()));
			catalog.write(new RunExports(night, catalog.findManifest(night).orElseThrow().hash(), SUNDAY,
					List.of(new ApplicationExports(gitea, List.of(bundle), Map.of()))));
		}
	}

	private Outcome plan(String... options) {
		String[] arguments = new String[options.length + 4];
		arguments[0] = "restore";
		arguments[1] = "plan";
		arguments[2] = "--target";
		arguments[3] = bucket.url();
		System.arraycopy(options, 0, arguments, 4, options.length);
		return new Cli().run(arguments);
	}

	private void record(Instant due, String backup, Proof proof) {
		Night night = new Night(new JobName("nightly"), due);
		VolumeBackup recorded = new VolumeBackup(new ClaimRef("shop", "data-db-0"), VOLUME, new SnapshotName("snap"),
				due, new BackupName(backup), ByteSize.ofMebibytes(38));
		try (StreamingStore store = Targets.open(TargetUrl.parse(bucket.url()), Map.of(), Clock.systemUTC())) {
			RunCatalog catalog = new RunCatalog(store, new BackupstoreLayout(""), Pause.real(), Seal.none());
			catalog.write(new RunManifest(night, null, bucket.url(), "v1.12.1", null, due,
					List.of(new RestorePoint(SHOP, List.of(recorded))), Map.of()));
			Verdict verdict = new Verdict(SHOP,
					List.of(new Judgement(Clause.ERRORS, Answer.UNKNOWN, "nobody read it in this test")));
			catalog.write(new RunProof(night, catalog.findManifest(night).orElseThrow().hash(), due, null,
					List.of(new ApplicationProof(verdict, proof, null))));
		}
	}

}
