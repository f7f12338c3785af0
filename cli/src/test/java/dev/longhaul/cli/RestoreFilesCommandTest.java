package dev.longhaul.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.image.Tools;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.stream.AgeKeys;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.ExportOrder;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunExports.ApplicationExports;
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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Over backups that Longhorn's own engine wrote, healthy and damaged ones.
 */
class RestoreFilesCommandTest {

	private static final VolumeName VOLUME = new VolumeName("pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90");

	private static final ApplicationName SHOP = new ApplicationName("shop");

	private static final Instant SATURDAY = Instant.parse("2026-11-21T02:30:00Z");

	private static final Instant SUNDAY = Instant.parse("2026-11-22T02:30:00Z");

	@TempDir
	private Path directory;

	private Path out;

	@BeforeEach
	void requireTools() {
		Assumptions.assumeTrue(Tools.PLACES.stream().anyMatch(place -> Files.isExecutable(place.resolve("e2fsck"))),
				"e2fsck is not installed");
		out = directory.resolve("out");
	}

	@Test
	void filesComeOutOfABucketThatOnlyLonghornEverWroteTo() {
		CopiedBackups bucket = CopiedBackups.of("a", directory);

		Outcome outcome = files(bucket, "--application", "shop", "--utc");

		assertThat(outcome.status()).isZero();
		assertThat(outcome.out())
			.startsWith("Files from %s in %s   1 application, 1 volume\n".formatted(bucket.url(), out))
			.contains(
					"shop/data-db-0   256 MiB   2026-11-22T09:15:08Z   ◌ never read   ● ext4, sound   886, 18.2 MiB   "
							+ "shop_data-db-0/\n");
		assertThat(outcome.errors()).startsWith("""
				shop/data-db-0: fetched; its file system is checked
				shop/data-db-0: its files are copied
				shop/data-db-0: sound, 886 files, 18.2 MiB
				""");
		assertThat(out.resolve("shop_data-db-0")).isNotEmptyDirectory();
	}

	@Test
	void writesADocumentForMachines() throws IOException {
		CopiedBackups bucket = CopiedBackups.of("a", directory);

		Outcome first = files(bucket, "--volume", "shop/data-db-0", "--keep-images", "--output", "json");
		Outcome second = files(bucket, "--volume", VOLUME.value(), "--output", "json");

		assertThat(Schema.of("restore-files").violations(first.out())).isEmpty();
		assertThat(first.errors()).isEmpty();
		assertThat(first.json().at("/volumes/0/state").asString()).isEqualTo("sound");
		assertThat(first.json().at("/volumes/0/tree/files").asLong()).isEqualTo(886);
		assertThat(Path.of(first.json().at("/volumes/0/image").asString())).hasSize(256 << 20);
		assertThat(first.json().at("/volumes/0/wasThere").asBoolean()).isFalse();
		assertThat(second.json().at("/volumes/0/wasThere").asBoolean()).isTrue();
	}

	@Test
	void theNewestProvenNightIsTakenWithItsExports() throws IOException {
		AgeKeys owner = AgeKeys.generate();
		CopiedBackups bucket = CopiedBackups.of("a", directory);
		record(bucket, SATURDAY, "backup-45dde0fa9684d7bc", new Proof.Proven(SATURDAY, 19, ByteSize.ofMebibytes(38)),
				List.of(owner.recipient()));
		record(bucket, SUNDAY, "backup-9682af7cd470ade3", new Proof.Refuted(SUNDAY, "block 7a11 is missing"),
				List.of());

		Outcome sealed = files(bucket, "--application", "shop", "--utc");
		Outcome opened = files(bucket, "--application", "shop", "--utc", "--identity",
				owner.writeTo(directory.resolve("key.txt")).toString());

		assertThat(sealed.status()).isZero();
		assertThat(sealed.out()).contains("2026-11-21T02:30:00Z   ● 2026-11-21T02:30:00Z   ● ext4, sound",
				"shop   database     PostgreSQL, all databases   5 B   ◌ encrypted: give --identity   "
						+ "exports/shop/database.zst.age\n",
				"note: 'shop' has a newer restore point, of 2026-11-22T02:30:00Z, which was not taken: "
						+ "it was found damaged: block 7a11 is missing");
		assertThat(opened.out()).contains("shop_data-db-0/ (was there)",
				"● as it was kept   exports/shop/database.sql\n", "● as it was kept   exports/shop/repository.bundle\n",
				"git clone %s makes a repository".formatted(out.resolve("exports/shop/repository.bundle")));
		assertThat(out.resolve("exports/shop/database.sql")).hasContent("dump\n");
		assertThat(out.resolve("exports/shop/database.zst.age")).isRegularFile();
	}

	@Test
	void aWrongIdentityIsToldAndTheFilesComeOutAllTheSame() throws IOException {
		CopiedBackups bucket = CopiedBackups.of("a", directory);
		record(bucket, SATURDAY, "backup-45dde0fa9684d7bc", new Proof.Proven(SATURDAY, 19, ByteSize.ofMebibytes(38)),
				List.of(AgeKeys.generate().recipient()));

		Outcome outcome = files(bucket, "--all", "--identity",
				AgeKeys.generate().writeTo(directory.resolve("key.txt")).toString());

		assertThat(outcome.status()).isEqualTo(2);
		assertThat(outcome.out()).contains("✕ none of the identities in ", "● ext4, sound");
	}

	@Test
	void aDamagedBackupLeavesNothingAndNamesTheNextOlderOne() {
		CopiedBackups bucket = CopiedBackups.of("f", directory);

		Outcome outcome = files(bucket, "--all");

		assertThat(outcome.status()).isEqualTo(1);
		assertThat(outcome.out()).contains("✕ nothing came out   –       –\n",
				".blk ends within its compressed data after 70877 bytes\n",
				"hint: the next older one: longhaul restore files %s --application shop --as-of 2026-11-22T09:15:01Z --to %s-older\n"
					.formatted(bucket.url(), out),
				"hint: --best-effort saves what is left of this one\n");
		assertThat(out).isEmptyDirectory();
	}

	/** The block that is lost holds the first directory, and so all names below it. */
	@Test
	void whatIsLeftOfADamagedBackupComesOutWhereThatIsWanted() throws IOException {
		Outcome whole = files(CopiedBackups.of("a", directory), "--all", "--output", "json");
		CopiedBackups bucket = CopiedBackups.of("f", directory);
		Path rest = directory.resolve("rest");

		Outcome outcome = new Cli().run("restore", "files", bucket.url(), "--all", "--to", rest.toString(),
				"--best-effort", "--output", "json");

		assertThat(outcome.status()).isEqualTo(1);
		assertThat(Schema.of("restore-files").violations(outcome.out())).isEmpty();
		assertThat(outcome.json().at("/volumes/0/state").asString()).isEqualTo("damaged");
		assertThat(outcome.json().at("/volumes/0/lost/0/offset").asLong()).isEqualTo(6_291_456);
		assertThat(outcome.json().at("/volumes/0/tree/files").asLong())
			.isEqualTo(whole.json().at("/volumes/0/tree/files").asLong());
		assertThat(contents(rest.resolve("shop_data-db-0"))
			.filter(contents(out.resolve("shop_data-db-0")).toList()::contains)
			.count()).isGreaterThan(850);
	}

	@Test
	void mistakesAreToldWithTheirValue() {
		CopiedBackups bucket = CopiedBackups.of("a", directory);

		assertThat(files(bucket).errors()).contains("nothing is said of what to restore   [INVALID_USAGE]",
				"hint: give --application NAME, --volume VOLUME or --all");
		assertThat(files(bucket, "--all", "--application", "shop").errors()).contains("--all stands alone");
		assertThat(files(bucket, "--application", "shp").errors()).contains("[APPLICATION_NOT_FOUND]",
				"did you mean 'shop'?");
		assertThat(files(bucket, "--volume", "shop/data-db-1").errors()).contains("[VOLUME_NOT_FOUND]",
				"did you mean 'shop/data-db-0'?");
		assertThat(
				files(bucket, "--all", "--as-of", "2026-11-20T00:00:00Z", "--restore-point", "nightly@20261122t023000z")
					.errors())
			.contains("--as-of and --restore-point say different things   [INVALID_USAGE]");
		assertThat(new Cli().run("restore", "files", bucket.url(), "--all").errors())
			.contains("missing required option: '--to=DIR'");
		assertThat(out).doesNotExist();
	}

	private Outcome files(CopiedBackups bucket, String... options) {
		return new Cli()
			.run(Stream.concat(Stream.of("restore", "files", bucket.url(), "--to", out.toString()), Stream.of(options))
				.toArray(String[]::new));
	}

	/** What its files hold, without their names. */
	private static Stream<String> contents(Path tree) throws IOException {
		return Files.readAllLines(tree.resolveSibling(tree.getFileName() + ".files.jsonl"))
			.stream()
			.filter(line -> line.contains("\"sha256\":\""))
			.map(line -> line.replaceAll(".*\"sha256\":\"([0-9a-f]+)\".*", "$1"));
	}

	private static void record(CopiedBackups bucket, Instant due, String backup, Proof proof,
			List<Recipient> recipients) {
		Night night = new Night(new JobName("nightly"), due);
		Clock clock = Clock.fixed(due.plusSeconds(300), ZoneOffset.UTC);
		BackupstoreLayout layout = new BackupstoreLayout("");
		VolumeBackup recorded = new VolumeBackup(new ClaimRef("shop", "data-db-0"), VOLUME, new SnapshotName("snap"),
				due, new BackupName(backup), ByteSize.ofMebibytes(38));
		try (StreamingStore store = Targets.open(TargetUrl.parse(bucket.url()), Map.of(), clock)) {
			RunCatalog catalog = new RunCatalog(store, layout, Pause.real(), Seal.none());
			catalog.write(new RunManifest(night, null, bucket.url(), "v1.12.1", null, due,
					List.of(new RestorePoint(SHOP, List.of(recorded))), Map.of()));
			String hash = catalog.findManifest(night).orElseThrow().hash();
			Verdict verdict = new Verdict(SHOP,
					List.of(new Judgement(Clause.ERRORS, Answer.UNKNOWN, "nobody read it in this test")));
			catalog.write(new RunProof(night, hash, due, null, List.of(new ApplicationProof(verdict, proof, null))));
			ExportArchive archive = new ExportArchive(store, layout, Pause.real(), clock);
			StoredExport dump = archive.keep(
					new ExportOrder(night, SHOP, new ExportName("database"), "PostgreSQL, all databases", recipients),
					new ByteArrayInputStream("dump\n".getBytes(StandardCharsets.UTF_8)));
			StoredExport repository = archive.keep(
					new ExportOrder(night, SHOP, new ExportName("repository"), "Git repository, at 7a11", recipients),
					new ByteArrayInputStream("bundle\n".getBytes(StandardCharsets.UTF_8)));
			catalog.write(new RunExports(night, hash, clock.instant(),
					List.of(new ApplicationExports(SHOP, List.of(dump, repository), Map.of()))));
		}
	}

}
