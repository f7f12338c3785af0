package dev.longhaul.batch.check;

import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import dev.longhaul.backupstore.image.TimeLimit;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SqliteDatabaseTest {

	private static final Instant NOW = Instant.parse("2026-11-22T02:30:00Z");

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void nameFile() {
		file = directory.resolve("db.sqlite3");
	}

	@Test
	void findsNothingInAHealthyOne() throws Exception {
		assertThat(faults(Databases.healthy(file))).isEmpty();
	}

	@Test
	void findsARowThatItsIndexHasLost() throws Exception {
		assertThat(faults(Databases.withoutAnIndexEntry(file)))
			.anySatisfy(fault -> assertThat(fault).contains("row 3 missing from index by_name"));
	}

	@Test
	void findsWhatIsInTheLogOnly() throws Exception {
		assertThat(faults(Databases.withALogAndAStranger(file)))
			.containsExactly("row 4 of 'ciphers' refers to a row that 'users' does not have");
	}

	@Test
	void takesBackATransactionThatWasNeverCommitted() throws Exception {
		Databases.withinATransaction(file);
		Path alone = Files.copy(file, directory.resolve("alone.sqlite3"));

		assertThat(faults(file)).isEmpty();
		assertThat(faults(alone)).as("the same without its journal").isNotEmpty();
	}

	@Test
	void findsThatAFileIsNoDatabase() throws Exception {
		Files.writeString(file, "<html>504 Gateway Timeout</html>".repeat(200));

		assertThat(faults(file)).singleElement().asString().contains("file is not a database");
	}

	@Test
	void findsThatAFileWasCutOff() throws Exception {
		Databases.withRows(file, 2000);
		try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
			channel.truncate(channel.size() / 2);
		}

		assertThat(faults(file)).isNotEmpty();
	}

	@Test
	void tellsOfARowThatHasNoNumber() throws Exception {
		Databases.run(file, "CREATE TABLE p (id TEXT PRIMARY KEY)",
				"CREATE TABLE c (id TEXT PRIMARY KEY REFERENCES p) WITHOUT ROWID", "INSERT INTO c VALUES ('x')");

		assertThat(faults(file)).containsExactly("row without a number of 'c' refers to a row that 'p' does not have");
	}

	@Test
	void tellsOfThreeFaultsAtMost() throws Exception {
		Databases.healthy(file);
		Databases.run(file, "INSERT INTO ciphers (name, user) VALUES ('a', 'x'), ('b', 'x'), ('c', 'x'), ('d', 'x')");

		assertThat(faults(file)).hasSize(3);
	}

	@Test
	void doesNotCallDamagedWhatItDoesNotUnderstand() throws Exception {
		Databases.sortedByItsApplication(file);

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> faults(file))
			.withMessageContaining("no such collation sequence: household")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.CHECK_IMPOSSIBLE));
	}

	@Test
	void computesNothingLargeThatTheSchemaAsksFor() throws Exception {
		Databases.run(file, "CREATE TABLE t (a, CHECK (length(hex(zeroblob(40000000))) > 0))",
				"INSERT INTO t VALUES (1)");

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> faults(file))
			.withMessageContaining("string or blob too big");
	}

	@Test
	void endsWhenItsTimeIsOver() throws Exception {
		Databases.withRows(file, 20_000);
		TimeLimit over = new TimeLimit(Clock.fixed(NOW, ZoneOffset.UTC), NOW.minusSeconds(1), Duration.ofMinutes(1),
				"");

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> new SqliteDatabase(file, over).faults())
			.withMessage("checking the database was not over within 1 min");
	}

	@Test
	void endsWhenItIsInterrupted() throws Exception {
		Databases.withRows(file, 20_000);
		Thread.currentThread().interrupt();
		try {
			assertThatExceptionOfType(Interruption.class).isThrownBy(() -> faults(file));
		}
		finally {
			Thread.interrupted();
		}
	}

	@Test
	void makesNoFileWhereThereIsNone() {
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> faults(file));
		assertThat(file).doesNotExist();
	}

	private static List<String> faults(Path database) {
		return new SqliteDatabase(database, TimeLimit.of(Duration.ofMinutes(1), Clock.fixed(NOW, ZoneOffset.UTC), ""))
			.faults();
	}

}
