package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.terminal.Terminal;
import dev.longhaul.cli.testing.MadeNight;
import dev.longhaul.cli.testing.MadeTarget;
import dev.longhaul.cli.testing.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class MirrorCommandTest {

	@TempDir
	private Path directory;

	private MadeTarget source;

	private Path copy;

	private String copyUrl;

	@BeforeEach
	void makeTargets() throws IOException {
		source = new MadeTarget(directory.resolve("source"));
		source.putSmallVolume("db", "backup-1");
		copy = Files.createDirectory(directory.resolve("copy"));
		copyUrl = "file://" + copy;
	}

	@Test
	void saysWhatBecameOfEachBackup() throws IOException {
		source.putSmallVolume("web", "backup-2");

		Outcome outcome = new Cli().run("mirror", source.url(), copyUrl);

		assertThat(outcome.out()).startsWith("""
				%s  ->  %s

				db   shop/db-data
				  ●   backup-1   2 d ago   4 MiB   copied

				web   shop/web-data
				  ●   backup-2   2 d ago   4 MiB   copied

				● 2 backups copied, 0 there already
				  copied 4 blocks, 32.2 KiB in 0.0 s, –
				""".formatted(source.url(), copyUrl)).contains("\n  calls of the source: ", "; of the destination: ");
		assertThat(outcome.errors()).isEqualTo("""
				db: 1 of 1 backups copied, 0 were there; 2 blocks copied, 16.1 KiB
				web: 1 of 1 backups copied, 0 were there; 2 blocks copied, 16.1 KiB
				""");
		assertThat(outcome.status()).isZero();
		assertThat(new Cli().run("verify", copyUrl).out()).contains("● 2 backups proven");
		assertThat(new Cli().run("mirror", source.url(), copyUrl).out()).contains("● 0 backups copied, 2 there already",
				"backup-2   2 d ago   4 MiB   there already");
	}

	@Test
	void copiesWhatNightsHaveRecordedToo() throws IOException {
		String key = "longhaul/runs/nightly/20261122t023000z/manifest.json";
		Path recorded = directory.resolve("source").resolve(key);
		Files.createDirectories(recorded.getParent());
		Files.writeString(recorded, "{}");

		assertThat(new Cli().run("mirror", source.url(), copyUrl, "--dry-run").out())
			.contains("1 document of nights to be copied");
		assertThat(new Cli().run("mirror", source.url(), copyUrl).out()).contains("1 document of nights copied");
		assertThat(copy.resolve(key)).hasContent("{}");

		Files.writeString(recorded, "{");
		Outcome damaged = new Cli().run("mirror", source.url(), copyUrl, "--output", "json");
		assertThat(damaged.status()).isEqualTo(1);
		assertThat(Schema.of("mirror").violations(damaged.out())).isEmpty();
		assertThat(damaged.json().at("/documents/refused/0/subject").asString()).isEqualTo(key);
		assertThat(copy.resolve(key)).hasContent("{}");
	}

	@Test
	void copiesWhatNightsExportedToo() throws IOException {
		MadeNight.record(source.url(), Map.of(), new byte[] { 1, 2, 3 });

		assertThat(new Cli().run("mirror", source.url(), copyUrl, "--dry-run").out())
			.contains("1 export to be copied, 16 B; 0 there already", "to be copied: 4 objects, ", "costs 4 reads");
		assertThat(new Cli().run("mirror", source.url(), copyUrl).out())
			.contains("1 export copied, 16 B; 0 there already");
		assertThat(new Cli().run("mirror", source.url(), copyUrl).out())
			.contains("0 exports copied, 0 B; 1 there already");
		Path fetched = directory.resolve("fetched");
		assertThat(new Cli()
			.run("exports", "fetch", copyUrl, "--application", "gitea", "--export", "database", "--to",
					fetched.toString())
			.status()).isZero();
		assertThat(fetched).hasBinaryContent(new byte[] { 1, 2, 3 });
	}

	@Test
	void saysWhichExportIsDamagedAndDoesNotCopyIt() throws IOException {
		MadeNight.record(source.url(), Map.of(), new byte[] { 1, 2, 3 });
		byte[] flipped = Files.readAllBytes(source.file(MadeNight.EXPORT));
		flipped[5] ^= 1;
		Files.write(source.file(MadeNight.EXPORT), flipped);

		Outcome text = new Cli().run("mirror", source.url(), copyUrl);
		Outcome json = new Cli().run("mirror", source.url(), copyUrl, "--output", "json");

		assertThat(text.out()).contains("✕ damaged in the source, not copied: " + MadeNight.EXPORT,
				"✕ the source is damaged, though none of its backups; 1 backup copied");
		assertThat(text.status()).isEqualTo(1);
		assertThat(Schema.of("mirror").violations(json.out())).isEmpty();
		assertThat(json.json().at("/exports/damaged/0/subject").asString()).isEqualTo(MadeNight.EXPORT);
		assertThat(copy.resolve(MadeNight.EXPORT)).doesNotExist();
	}

	@Test
	void showsWhatThereIsToCopyAndCopiesNothing() throws IOException {
		Outcome outcome = new Cli().run("mirror", source.url(), copyUrl, "--dry-run");

		assertThat(outcome.out()).contains("◌   backup-1   2 d ago   4 MiB   to be copied",
				"◌ 1 backup to be copied, 0 there already", "to be copied: 3 objects, ",
				"costs 3 reads of the source and 6 writes to the destination");
		assertThat(outcome.status()).isZero();
		assertThat(copy).isEmptyDirectory();
	}

	@Test
	void writesADocumentForMachines() throws IOException {
		CopiedBackups damaged = CopiedBackups.of("f", directory);

		for (String[] more : new String[][] { { "--dry-run" }, {}, { "--heal" } }) {
			List<String> line = new ArrayList<>(List.of("mirror", damaged.url(), copyUrl, "--output", "json"));
			line.addAll(List.of(more));
			Outcome outcome = new Cli().run(line.toArray(String[]::new));

			assertThat(Schema.of("mirror").violations(outcome.out())).isEmpty();
			assertThat(outcome.status()).isEqualTo(1);
			assertThat(outcome.errors()).isEmpty();
			assertThat(outcome.json().at("/dryRun").asBoolean())
				.isEqualTo(more.length > 0 && more[0].equals("--dry-run"));
			assertThat(outcome.json().at("/volumes/0/claim").asString()).isEqualTo("shop/data-db-0");
		}
		assertThat(new Cli().run("verify", copyUrl).out()).contains("● 1 backup proven");
	}

	@Test
	void saysWhatIsDamagedAndCopiesEverythingElse() {
		CopiedBackups damaged = CopiedBackups.of("f", directory);

		Outcome outcome = new Cli().run("mirror", damaged.url(), copyUrl);

		assertThat(outcome.out()).contains(
				"✕   backup-7a6f765e17888503   2 h ago   38 MiB   damaged in the source, not copied",
				"●   backup-7ab083b31647efb3   2 h ago   40 MiB   copied", "not finished, left out",
				"its manifest cannot be read, not copied",
				"volume.cfg names the newest backup that is in the destination as its last one",
				"✕ missing-block   backupstore/volumes/", "affects backup-7a6f765e17888503",
				"✕ 3 backups of the source damaged; 1 backup copied, 0 there already, 1 unfinished backup left out",
				"hint: longhaul verify " + damaged.url());
		assertThat(outcome.status()).isEqualTo(1);
	}

	@Test
	void copiesOnlyTheVolumeThatWasNamed() throws IOException {
		source.putSmallVolume("web", "backup-2");

		Outcome outcome = new Cli().run("mirror", source.url(), copyUrl, "--volume", "web");

		assertThat(outcome.out()).contains("● 1 backup copied").doesNotContain("backup-1");
		assertThat(copy.resolve(source.configKey("db"))).doesNotExist();
	}

	@Test
	void refusesAVolumeThatIsNotThere() {
		assertThat(new Cli().run("mirror", source.url(), copyUrl, "--volume", "dv").errors()).isEqualTo("""
				longhaul: the target holds no volume 'dv'   [VOLUME_NOT_FOUND]
				hint: did you mean 'db'?
				""");
	}

	@Test
	void refusesTheSamePlaceOrOneInTheOther() throws IOException {
		Path link = Files.createSymbolicLink(directory.resolve("link"), source.file("").toAbsolutePath());
		String inner = source.url() + "/inner";
		Files.createDirectory(source.file("inner"));

		for (String[] pair : new String[][] { { source.url(), source.url() }, { source.url(), inner },
				{ inner, source.url() }, { source.url(), "file://" + link },
				{ source.url(), "file://" + link + "/inner" }, { source.url(), source.url() + "/not/yet/there" } }) {
			Outcome outcome = new Cli().run("mirror", pair[0], pair[1]);

			assertThat(outcome.errors())
				.isEqualTo("longhaul: '%s' and '%s' are the same place, or one lies in the other   [INVALID_USAGE]\n"
					.formatted(pair[0], pair[1])
						+ "hint: give another bucket or directory as the destination; a copy in the same place is lost with the original\n");
			assertThat(outcome.status()).isEqualTo(2);
		}
	}

	@Test
	void refusesTheSameBucketOrAPathInTheOther() {
		for (String other : new String[] { "s3://backups@eu-central-003/home", "s3://backups@eu-central-003/home/nas",
				"s3://backups@eu-central-003/", "s3://backups@another-region/home" }) {
			Outcome outcome = bucketCli().run("mirror", "s3://backups@eu-central-003/home", other);

			assertThat(outcome.errors()).contains("are the same place, or one lies in the other   [INVALID_USAGE]\n");
			assertThat(outcome.status()).isEqualTo(2);
		}
		assertThat(bucketCli().run("mirror", "s3://backups@eu-central-003/home", "s3://backups@eu-central-003/homes")
			.errors()).doesNotContain("same place");
	}

	@Test
	void refusesCredentialsThatAreNotThere() {
		Outcome missing = new Cli().run("mirror", source.url(), copyUrl, "--to-credentials",
				directory.resolve("gone").toString());
		Outcome empty = new Cli().run("mirror", source.url(), copyUrl, "--to-credentials", copy.toString());

		assertThat(missing.errors()).contains("[MISSING_CREDENTIALS]\n",
				"hint: --to-credentials is a directory with a file per variable, as a Secret is mounted");
		assertThat(empty.errors()).contains("'%s' holds no file named like a variable".formatted(copy));
		assertThat(missing.status()).isEqualTo(2);
	}

	@Test
	void refusesADestinationThatIsNotThere() {
		Outcome outcome = new Cli().run("mirror", source.url(), "file://" + directory.resolve("unmounted"));

		assertThat(outcome.errors()).startsWith("longhaul: the directory %s does not exist   [BUCKET_NOT_FOUND]"
			.formatted(directory.resolve("unmounted")));
		assertThat(outcome.status()).isEqualTo(3);
	}

	@Test
	void healsWhatTheDestinationHoldsDamaged() throws IOException {
		new Cli().run("mirror", source.url(), copyUrl);
		Path block = copy
			.resolve(source.blockKey("db", Checksum.of(new byte[MadeTarget.BLOCK_SIZE], MadeTarget.BLOCK_SIZE)));
		byte[] flipped = Files.readAllBytes(block);
		flipped[flipped.length / 2] ^= 1;
		Files.write(block, flipped);

		Outcome outcome = new Cli().run("mirror", source.url(), copyUrl, "--heal");

		assertThat(outcome.out()).contains("1 block that the destination held damaged was found",
				"copied 1 block, 8.1 KiB");
		assertThat(new Cli().run("verify", copyUrl).status()).isZero();
	}

	@Test
	void drawsProgressOnTheTerminalAndRemovesIt() {
		Outcome outcome = new Cli().on(new Terminal(false, true, 100)).run("mirror", source.url(), copyUrl);

		assertThat(outcome.errors()).contains("db  ", "of 2 blocks").endsWith("\r\u001B[K");
	}

	@Test
	void namesWhatOnlyTheDestinationHas() throws IOException {
		new Cli().run("mirror", source.url(), copyUrl);
		source.putManifest("db", "backup-2", List.of());
		Files.delete(source.file(source.manifestKey("db", "backup-1")));

		Outcome outcome = new Cli().run("mirror", source.url(), copyUrl);

		assertThat(outcome.out()).contains("only in the destination, where nothing is removed: backup-1");
		assertThat(copy.resolve(source.manifestKey("db", "backup-1"))).exists();
	}

	private static Cli bucketCli() {
		return new Cli().with("AWS_ACCESS_KEY_ID", "004a")
			.with("AWS_SECRET_ACCESS_KEY", "K004")
			.with("AWS_ENDPOINTS", "http://127.0.0.1:1");
	}

}
