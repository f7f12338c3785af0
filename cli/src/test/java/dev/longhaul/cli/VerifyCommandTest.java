package dev.longhaul.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.terminal.Terminal;
import dev.longhaul.cli.testing.MadeTarget;
import dev.longhaul.cli.testing.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class VerifyCommandTest {

	@TempDir
	private Path directory;

	@Test
	void saysOfEachBackupWhetherItIsProven() throws IOException {
		MadeTarget target = new MadeTarget(directory);
		target.putSmallVolume("db", "backup-1");
		target.putSmallVolume("web", "backup-2");

		Outcome outcome = new Cli().run("verify", target.url());

		assertThat(outcome.out()).startsWith("""
				%s

				db   shop/db-data
				  ●   backup-1   2 d ago   4 MiB   2 blocks   proven

				web   shop/web-data
				  ●   backup-2   2 d ago   4 MiB   2 blocks   proven

				● 2 backups proven
				  read 4 distinct blocks, \
				""".formatted(target.url()));
		assertThat(outcome.errors()).isEqualTo("""
				db: 1 of 1 backups proven, 2 blocks, 16.1 KiB
				web: 1 of 1 backups proven, 2 blocks, 16.1 KiB
				""");
		assertThat(outcome.status()).isZero();
	}

	@Test
	void saysWhatIsWrongWhomItAffectsAndWhatToDo() {
		CopiedBackups target = CopiedBackups.of("f", directory);
		String folder = "backupstore/volumes/56/55/pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90/";

		Outcome outcome = new Cli().run("verify", target.url());

		assertThat(outcome.out()).contains("""
				  ✕   backup-7a6f765e17888503   2 h ago   38 MiB   18 of 19 blocks   damaged: 2 problems
				  ●   backup-7ab083b31647efb3   2 h ago   40 MiB         20 blocks   proven
				  ✕   backup-9682af7cd470ade3   2 h ago   40 MiB         20 blocks   damaged: 1 problem
				  ◌   backup-0dead0beef000001         –        –                 –   abandoned before it was finished
				  ✕   backup-45dde0fa9684d7bc         –        –                 –   its manifest cannot be read
				""")
			.contains("  ✕ truncated-block   " + folder + """
					blocks/52/6a/526ad177e2a62daf84904361d9455ad827bf9b3adbf8a596b6910baee33a32f7.blk
					    ends within its compressed data after 70877 bytes (offset 6291456 of the volume)
					    affects backup-9682af7cd470ade3; the newest proven backup is backup-7ab083b31647efb3 (2 h ago)
					""")
			.contains("  ◌ stale-lock   " + folder + """
					locks/lock-1161881a85cc46c5.lck
					    was last refreshed at 2026-11-21T12:00:00Z
					""")
			.contains("hint: take the newest proven backup out: longhaul export " + target.url()
					+ " --volume pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90 --backup backup-7ab083b31647efb3 --to ")
			.contains("✕ 3 of 4 backups damaged, 1 proven, 1 unfinished backup not judged\n");
		assertThat(outcome.status()).isEqualTo(1);
	}

	@Test
	void hintsOnlyAtCommandsThatExist() throws IOException {
		CopiedBackups target = CopiedBackups.of("f", directory);
		String hint = new Cli().run("verify", target.url())
			.out()
			.lines()
			.filter(line -> line.contains("longhaul export"))
			.map(line -> line.substring(line.indexOf("longhaul ") + "longhaul ".length()))
			.findFirst()
			.orElseThrow();
		String image = directory.resolve("as-hinted.img").toString();

		Outcome outcome = new Cli().run(hint.replaceAll("--to \\S+", "--to " + image).split(" ", -1));

		assertThat(outcome.status()).isZero();
		assertThat(Files.size(Path.of(image))).isEqualTo(268435456);
	}

	@Test
	void showsNoMoreProblemsThanAnybodyReadsButCountsThem() throws IOException {
		MadeTarget target = new MadeTarget(directory);
		target.putVolume("db", 1L << 40);
		target.putManifest("db", "backup-1", IntStream.range(0, 1500).mapToObj(i -> new Checksum(i, i, i, i)).toList());

		Outcome text = new Cli().run("verify", target.url());
		Outcome document = new Cli().run("verify", target.url(), "--output", "json");

		assertThat(text.out().lines().filter(line -> line.contains("missing-block"))).hasSize(20);
		assertThat(text.out()).contains("… and 1480 more; --output json shows up to 1000 for each backup",
				"0 of 1500 blocks   damaged: 1500 problems", "no backup of this volume is proven");
		assertThat(document.json().at("/volumes/0/backups/0/problemsLeftOut").asInt()).isEqualTo(500);
		assertThat(Schema.of("verify").violations(document.out())).isEmpty();
	}

	@Test
	void isNotGladAboutATargetWithoutAFinishedBackup() throws IOException {
		MadeTarget target = new MadeTarget(directory);
		target.putVolume("db", 1 << 30);

		Outcome outcome = new Cli().run("verify", target.url());

		assertThat(outcome.out()).contains("◌   no backups", "◌ nothing to prove: there is no finished backup")
			.doesNotContain("●");
		assertThat(outcome.status()).isZero();
	}

	@Test
	void keepsLinesWithinTheTerminalButNeverCutsAKey() {
		CopiedBackups target = CopiedBackups.of("f", directory);

		String text = new Cli().on(new Terminal(true, false, 60))
			.with("NO_COLOR", "1")
			.run("verify", target.url())
			.out();

		assertThat(text.lines()
			.filter(line -> line.codePointCount(0, line.length()) > 60)
			.map(String::strip)
			.filter(line -> line.contains(" ") && !line.matches("[✕◌] \\S+   backupstore/\\S+"))).isEmpty();
		assertThat(text).contains("423698b57b960b920687d1a1a052490e091a849a6a7a6dc1200e48436dc6872a.blk");
	}

	@Test
	void drawsProgressOnTheTerminalAndRemovesIt() throws IOException {
		MadeTarget target = new MadeTarget(directory);
		target.putSmallVolume("db", "backup-1");

		Outcome outcome = new Cli().on(new Terminal(false, true, 100)).run("verify", target.url());

		assertThat(outcome.errors()).contains("db  ", "of 2 blocks").endsWith("\r\u001B[K").doesNotContain("\n");
		assertThat(outcome.out()).doesNotContain("\u001B");
	}

	@Test
	void saysNothingBesideTheDocumentForMachines() throws IOException {
		MadeTarget target = new MadeTarget(directory);
		target.putSmallVolume("db", "backup-1");

		Outcome outcome = new Cli().on(new Terminal(false, true, 100)).run("verify", target.url(), "--output", "json");

		assertThat(outcome.errors()).isEmpty();
		assertThat(outcome.out()).hasLineCount(1).endsWith("}\n");
	}

	@Test
	void isNotSilentAboutAReportThatCouldNotBeShown() throws IOException {
		MadeTarget target = new MadeTarget(directory);
		target.putSmallVolume("db", "backup-1");

		for (String format : List.of("text", "json")) {
			try (OutputStream full = Files.newOutputStream(Path.of("/dev/full"))) {
				Outcome outcome = new Cli().writingTo(full).run("verify", target.url(), "--output", format);

				assertThat(outcome.errors()).contains(
						"longhaul: standard output cannot be written: No space left on device   [DISK_FULL]\n",
						"hint: send it to another place; the report was not shown\n");
				assertThat(outcome.status()).isEqualTo(2);
			}
		}
	}

	@Test
	void goesOnQuietlyWhereItsReaderHasSeenEnough() throws IOException {
		MadeTarget target = new MadeTarget(directory);
		target.putSmallVolume("db", "backup-1");
		Files.delete(target
			.file(target.blockKey("db", Checksum.of(new byte[MadeTarget.BLOCK_SIZE], MadeTarget.BLOCK_SIZE))));
		OutputStream closed = new OutputStream() {

			@Override
			public void write(int b) throws IOException {
				throw new IOException("Broken pipe");
			}

		};

		Outcome outcome = new Cli().writingTo(closed).run("verify", target.url(), "--output", "json");

		assertThat(outcome.errors()).isEmpty();
		assertThat(outcome.status()).isEqualTo(1);
	}

}
