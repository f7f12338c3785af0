package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.MadeTarget;
import dev.longhaul.cli.testing.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Targets that hold what no Longhorn writes.
 */
class HostileTargetTest {

	@TempDir
	private Path directory;

	private MadeTarget target;

	@BeforeEach
	void makeATarget() throws IOException {
		target = new MadeTarget(directory.resolve("target"));
		target.putSmallVolume("db", "backup-1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					"Size":"4194304"         | "Size":"4611686018427387904" | damaged    | size-mismatch       | states 4611686018427387904 bytes and lists 2 blocks of 2097152
					"Size":"4194304"         | "Size":"9223372036854775807" | damaged    | size-mismatch       | states 9223372036854775807 bytes and lists 2 blocks of 2097152
					"Size":"4194304"         | "Size":"9223372036854775808" | unreadable | unreadable-manifest | Size is not a 64-bit number: '9223372036854775808'
					"Offset":2097152         | "Offset":4611686018427387904 | damaged    | size-mismatch       | its last block ends at 4611686018429485056, beyond the volume's 33554432 bytes
					"Offset":2097152         | "Offset":33554432            | damaged    | size-mismatch       | its last block ends at 35651584, beyond the volume's 33554432 bytes
					"Offset":2097152         | "Offset":-2097152            | unreadable | unreadable-manifest | Offset is negative: -2097152
					"Name":"backup-1"        | "Name":"../backup-1"         | unreadable | unreadable-manifest | it says it is of another backup than its key
					"VolumeName":"db"        | "VolumeName":"../../db"      | unreadable | unreadable-manifest | it says it is of another volume than the folder it lies in
					"BlockChecksum":"731859  | "BlockChecksum":"../../      | unreadable | unreadable-manifest | Blocks: a BlockChecksum is not 64 lower-case hexadecimal digits
					{"Name":                 | hello {"Name":               | unreadable | unreadable-manifest | not valid JSON: Unrecognized token 'hello'
					""")
	void isJudgedAndNeverBelieved(String written, String instead, String state, String kind, String detail)
			throws IOException {
		target.replace(target.manifestKey("db", "backup-1"), written, instead);

		Outcome outcome = new Cli().run("verify", target.url(), "--output", "json");

		assertThat(outcome.status()).isEqualTo(1);
		assertThat(outcome.errors()).isEmpty();
		assertThat(Schema.of("verify").violations(outcome.out())).isEmpty();
		JsonNode backup = outcome.json().at("/volumes/0/backups/0");
		assertThat(backup.path("state").asString()).isEqualTo(state);
		assertThat(backup.path("problems")).hasSize(1);
		assertThat(backup.at("/problems/0/kind").asString()).isEqualTo(kind);
		assertThat(backup.at("/problems/0/detail").asString()).startsWith(detail);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					"Size":"4194304"  | "Size":"4611686018427387904" | backup 'backup-1' states 4611686018427387904 bytes and lists 2 blocks
					"Offset":2097152  | "Offset":33554432            | the last block of 'backup-1' ends at 35651584, beyond the volume's 33554432 bytes
					"Name":"backup-1" | "Name":"../backup-1"         | cannot be read: it says it is of another backup than its key
					""")
	void isNotExported(String written, String instead, String fact) throws IOException {
		target.replace(target.manifestKey("db", "backup-1"), written, instead);
		Path image = directory.resolve("db.img");

		Outcome outcome = new Cli().run("export", target.url(), "--volume", "db", "--backup", "backup-1", "--to",
				image.toString());

		assertThat(outcome.errors()).contains(fact + "   [BACKUP_DAMAGED]\n")
			.contains("hint: longhaul verify shows all that is damaged")
			.doesNotContain("\tat ");
		assertThat(outcome.status()).isEqualTo(1);
		assertThat(directory).isDirectoryNotContaining("glob:**db.img*");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 50, 200, 300 })
	void isUnreadableWhereAManifestIsCut(int length) throws IOException {
		byte[] manifest = Files.readAllBytes(target.file(target.manifestKey("db", "backup-1")));
		target.put(target.manifestKey("db", "backup-1"), Arrays.copyOf(manifest, length));

		Outcome outcome = new Cli().run("verify", target.url());

		assertThat(outcome.out()).contains("its manifest cannot be read",
				"✕ unreadable-manifest   " + target.manifestKey("db", "backup-1"));
		assertThat(outcome.status()).isEqualTo(1);
	}

	@Test
	void saysNothingOfTheBlocksOfVolumesWhoseConfigCannotBeRead() throws IOException {
		target.put(target.configKey("db"), "{}");

		Outcome outcome = new Cli().run("verify", target.url());

		assertThat(outcome.out()).contains("●   backup-1", "✕ unreadable-manifest   " + target.configKey("db"),
				"✕ the blocks of 1 backup are intact, but not what describes their volume");
		assertThat(outcome.status()).isEqualTo(1);
	}

	@Test
	void doesNotReachTheTerminalWithControlCharacters() throws IOException {
		target.replace(target.configKey("db"), "db-data", "\\\\u001b[2Jdb\\\\u202e\\\\u0007data");

		Outcome ls = new Cli().run("ls", target.url());
		Outcome verify = new Cli().run("verify", target.url());

		assertThat(ls.out()).contains("shop/\\u001b[2Jdb\\u202e\\u0007data")
			.doesNotContain("\u001B", "\u202E", "\u0007");
		assertThat(verify.out()).contains("shop/\\u001b[2Jdb\\u202e\\u0007data").doesNotContain("\u001B", "\u202E");
	}

	@Test
	void doesNotLeadOutOfItsDirectory() throws IOException {
		Path secret = directory.resolve("secret");
		Files.writeString(secret, "secret");
		Checksum elsewhere = Checksum.parse("ab".repeat(32));
		target.putManifest("db", "backup-2", java.util.List.of(elsewhere));
		Path link = target.file(target.blockKey("db", elsewhere));
		Files.createDirectories(link.getParent());
		Files.createSymbolicLink(link, secret);

		Outcome outcome = new Cli().run("verify", target.url(), "--backup", "backup-2");

		assertThat(outcome.status()).isNotZero();
		assertThat(outcome.errors() + outcome.out()).doesNotContain("its content has the checksum");
	}

	@Test
	void isNoBackupstoreWhereItIsEmpty() throws IOException {
		Path empty = Files.createDirectory(directory.resolve("empty"));

		for (String verb : new String[] { "ls", "verify" }) {
			Outcome outcome = new Cli().run(verb, "file://" + empty);

			assertThat(outcome.errors()).isEqualTo("longhaul: '%s' is empty   [NOT_A_BACKUPSTORE]\n".formatted(empty)
					+ "hint: check the name of the bucket; Longhorn writes its first objects with the first backup\n");
			assertThat(outcome.status()).isEqualTo(2);
		}
	}

	@Test
	void isNoBackupstoreWhereSomethingElseLies() throws IOException {
		Path photos = Files.createDirectories(directory.resolve("photos/2026"));
		Files.writeString(photos.resolve("beach.jpg"), "sand");

		Outcome outcome = new Cli().run("verify", "file://" + directory.resolve("photos"));

		assertThat(outcome.errors())
			.contains("holds no folder backupstore/; what is there begins with 2026/beach.jpg   [NOT_A_BACKUPSTORE]")
			.contains("hint: give the URL exactly as Longhorn's backup target has it, with its path");
		assertThat(outcome.status()).isEqualTo(2);
	}

	@Test
	void holdsNoVolumeOfTheNameThatWasMeant() {
		Outcome outcome = new Cli().run("verify", target.url(), "--volume", "bd");

		assertThat(outcome.errors()).isEqualTo("""
				longhaul: the target holds no volume 'bd'   [VOLUME_NOT_FOUND]
				hint: did you mean 'db'?
				""");
		assertThat(outcome.status()).isEqualTo(2);
	}

	@Test
	void holdsNoBackupOfTheNameThatWasMeant() {
		Path image = directory.resolve("db.img");

		Outcome verify = new Cli().run("verify", target.url(), "--backup", "backup-11");
		Outcome export = new Cli().run("export", target.url(), "--volume", "db", "--backup", "bakcup-1", "--to",
				image.toString());

		assertThat(verify.errors()).isEqualTo(
				"longhaul: there is no backup 'backup-11'   [BACKUP_NOT_FOUND]\nhint: did you mean 'backup-1'?\n");
		assertThat(export.errors()).isEqualTo("""
				longhaul: volume 'db' has no backup 'bakcup-1'   [BACKUP_NOT_FOUND]
				hint: did you mean 'backup-1'?
				""");
		assertThat(export.status()).isEqualTo(2);
	}

}
