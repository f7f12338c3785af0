package dev.longhaul.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.backupstore.testing.RealBackups;
import dev.longhaul.backupstore.testing.RealBackups.RealBackup;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.terminal.Terminal;
import dev.longhaul.cli.testing.MadeTarget;
import dev.longhaul.cli.testing.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ExportCommandTest {

	@TempDir
	private Path directory;

	@Test
	void rebuildsTheVolumeThatLonghornBackedUp() throws Exception {
		RealBackups real = RealBackups.findOrAbort();
		for (RealBackup backup : real.healthy()) {
			Path image = directory.resolve(backup.set() + backup.backup() + ".img");

			Outcome outcome = new Cli().run("export", "file://" + real.target(backup.set()), "--volume",
					backup.volume().value(), "--backup", backup.backup().value(), "--to", image.toString());

			assertThat(outcome.errors()).isEmpty();
			assertThat(outcome.status()).isZero();
			assertThat(outcome.out())
				.startsWith("● %s is in %s\n  256 MiB, of which ".formatted(backup.backup(), image));
			assertThat(sha256(image)).isEqualTo(backup.sha256());
			Files.delete(image);
		}
	}

	@Test
	void writesADocumentForMachines() throws IOException {
		MadeTarget target = madeTarget();
		Path image = directory.resolve("db.img");

		Outcome outcome = export(target, image, "--output", "json");

		assertThat(Schema.of("export").violations(outcome.out())).isEmpty();
		assertThat(outcome.json().at("/sizeBytes").asLong()).isEqualTo(16L * MadeTarget.BLOCK_SIZE);
		assertThat(outcome.json().at("/file").asString()).isEqualTo(image.toString());
		assertThat(outcome.errors()).isEmpty();
	}

	@Test
	void drawsProgressOnTheTerminalAndRemovesIt() throws IOException {
		MadeTarget target = madeTarget();

		Outcome outcome = new Cli().on(new Terminal(false, true, 100))
			.run("export", target.url(), "--volume", "db", "--backup", "backup-1", "--to",
					directory.resolve("db.img").toString());

		assertThat(outcome.errors()).contains("backup-1  ", "of 2 blocks").endsWith("\r\u001B[K");
	}

	@Test
	void overwritesNothing() throws IOException {
		MadeTarget target = madeTarget();
		Path image = Files.writeString(directory.resolve("db.img"), "precious");

		Outcome outcome = export(target, image);

		assertThat(outcome.errors())
			.isEqualTo("longhaul: '%s' exists already   [OUTPUT_NOT_WRITABLE]\n".formatted(image)
					+ "hint: choose another name with --to, or remove it first: nothing is ever overwritten\n");
		assertThat(outcome.status()).isEqualTo(2);
		assertThat(image).hasContent("precious");
	}

	@Test
	void saysWhyTheImageCannotBeMade() throws IOException {
		MadeTarget target = madeTarget();
		Path file = Files.writeString(directory.resolve("file"), "no directory");

		Outcome missing = export(target, directory.resolve("gone/db.img"));
		Outcome within = export(target, file.resolve("db.img"));
		Outcome kernel = export(target, Path.of("/proc/db.img"));

		assertThat(missing.errors())
			.startsWith("longhaul: the directory of '%s' does not exist   [OUTPUT_NOT_WRITABLE]\n"
				.formatted(directory.resolve("gone/db.img")));
		for (Outcome outcome : List.of(missing, within, kernel)) {
			assertThat(outcome.errors()).containsAnyOf("[OUTPUT_NOT_WRITABLE]", "[DISK_FULL]")
				.contains("\nhint: ")
				.hasLineCount(2);
			assertThat(outcome.status()).isEqualTo(2);
		}
	}

	@Test
	void refusesABackupThatWasNeverFinished() {
		CopiedBackups target = CopiedBackups.of("f", directory);
		Path image = directory.resolve("db.img");

		Outcome outcome = new Cli().run("export", target.url(), "--volume", "pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90",
				"--backup", "backup-0dead0beef000001", "--to", image.toString());

		assertThat(outcome.errors()).isEqualTo("""
				longhaul: backup 'backup-0dead0beef000001' was never finished   [BACKUP_IN_PROGRESS]
				hint: choose another; Longhorn itself would restore this one to nothing but zeros
				""");
		assertThat(outcome.status()).isEqualTo(2);
		assertThat(image).doesNotExist();
	}

	@Test
	void leavesNothingBehindOfADamagedBackup() throws IOException {
		CopiedBackups target = CopiedBackups.of("f", directory);
		Path images = Files.createDirectory(directory.resolve("images"));

		Outcome outcome = new Cli().run("export", target.url(), "--volume", "pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90",
				"--backup", "backup-9682af7cd470ade3", "--to", images.resolve("db.img").toString());

		assertThat(outcome.errors()).contains(
				"526ad177e2a62daf84904361d9455ad827bf9b3adbf8a596b6910baee33a32f7.blk ends within its compressed data")
			.contains("[BACKUP_DAMAGED]");
		assertThat(outcome.status()).isEqualTo(1);
		assertThat(images).isEmptyDirectory();
	}

	private MadeTarget madeTarget() throws IOException {
		MadeTarget target = new MadeTarget(directory.resolve("target"));
		target.putSmallVolume("db", "backup-1");
		return target;
	}

	private static Outcome export(MadeTarget target, Path image, String... more) {
		String[] arguments = { "export", target.url(), "--volume", "db", "--backup", "backup-1", "--to",
				image.toString() };
		return new Cli().run(Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new));
	}

	private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
		MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
		try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
			in.transferTo(java.io.OutputStream.nullOutputStream());
		}
		return HexFormat.of().formatHex(sha256.digest());
	}

}
