package dev.longhaul.scheduler.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedDatabaseTest {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T02:30:00Z"), ZoneOffset.UTC);

	@TempDir
	private Path directory;

	private Path path;

	private Path file;

	@BeforeEach
	void locate() {
		path = directory.resolve("runs/longhaul");
		file = directory.resolve("runs/longhaul.mv.db");
	}

	@Test
	void isCreatedWithItsSchema() {
		try (EmbeddedDatabase database = open()) {
			assertThat(instances(database)).isZero();
			assertThat(database.putAside()).isNull();
		}
	}

	@Test
	void keepsWhatWasCommitted() throws IOException {
		try (EmbeddedDatabase database = open()) {
			addInstance(database);
			// What the file holds while it is open is what a killed process leaves.
			Files.copy(file, directory.resolve("killed.mv.db"));
		}

		try (EmbeddedDatabase database = EmbeddedDatabase.open(directory.resolve("killed"), 2, CLOCK)) {
			assertThat(instances(database)).isOne();
			assertThat(database.putAside()).isNull();
		}
	}

	/** Made by the version that did not have Flyway yet, in a night of the demo. */
	@Test
	void bringsADatabaseOfThePreviousVersionUpToDate() throws IOException {
		unpack("before-flyway.mv.db.gz", file);

		try (EmbeddedDatabase database = open()) {
			assertThat(instances(database)).isOne();
			assertThat(database.putAside()).isNull();
			assertThat(scripts(database)).startsWith("0", "1");
			addInstance(database);
		}
		try (EmbeddedDatabase database = open()) {
			assertThat(instances(database)).isEqualTo(2);
		}
	}

	@Test
	void isFinishedIfItsCreationWasCutShort() {
		try (EmbeddedDatabase database = open()) {
			JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
			jdbc.execute("DROP SEQUENCE BATCH_JOB_INSTANCE_SEQ");
			jdbc.execute("DROP TABLE BATCH_STEP_EXECUTION_CONTEXT");
			jdbc.update("DELETE FROM \"flyway_schema_history\" WHERE \"version\" >= '1'");
		}

		try (EmbeddedDatabase database = open()) {
			addInstance(database);
			assertThat(instances(database)).isOne();
		}
	}

	@Test
	void isFinishedIfAStatementOfItsCreationFailed() {
		try (EmbeddedDatabase database = open()) {
			JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
			jdbc.execute("DROP SEQUENCE BATCH_JOB_INSTANCE_SEQ");
			jdbc.update("DELETE FROM \"flyway_schema_history\" WHERE \"version\" > '1'");
			jdbc.update("UPDATE \"flyway_schema_history\" SET \"success\" = FALSE WHERE \"version\" = '1'");
		}

		try (EmbeddedDatabase database = open()) {
			addInstance(database);
			assertThat(instances(database)).isOne();
		}
	}

	@Test
	void refusesADatabaseOfANewerVersion() {
		try (EmbeddedDatabase database = open()) {
			new JdbcTemplate(database.dataSource()).update("""
					INSERT INTO "flyway_schema_history"
					SELECT 1000, '1000', 'from the future', "type", 'V1000__from_the_future.sql', "checksum",
						"installed_by", "installed_on", "execution_time", "success"
					FROM "flyway_schema_history" WHERE "version" = '1'
					""");
		}

		assertThatThrownBy(this::open)
			.isInstanceOfSatisfying(RefusedRequest.class,
					(refused) -> assertThat(refused.code()).isEqualTo(FailureCode.INVALID_CONFIGURATION))
			.hasMessage("the tables of the database are not those of this version, nor of an earlier one");
		assertThat(file).isNotEmptyFile();
	}

	@ParameterizedTest
	@ValueSource(strings = { "garbage", "zeros", "first 4 KiB only", "first 100 bytes only", "no headers" })
	void isPutAsideAndNeverDeletedIfItIsDamaged(String damage) throws IOException {
		open().close();
		byte[] damaged = damage(Files.readAllBytes(file), damage);
		Files.write(file, damaged);

		try (EmbeddedDatabase database = open()) {
			Path aside = directory.resolve("runs/longhaul.mv.db.damaged-20261122T023000Z");
			assertThat(database.putAside()).isEqualTo(aside.toAbsolutePath());
			assertThat(aside).hasBinaryContent(damaged);
			assertThat(instances(database)).isZero();
		}
	}

	@Test
	void isNotPutAsideWhileAnotherProcessHasItOpen() throws Exception {
		Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp",
				System.getProperty("java.class.path"), Holder.class.getName(), path.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try {
			assertThat(other.inputReader().readLine()).isEqualTo("open");

			assertThatThrownBy(this::open)
				.isInstanceOfSatisfying(RefusedRequest.class,
						(refused) -> assertThat(refused.code()).isEqualTo(FailureCode.ALREADY_RUNNING))
				.hasMessage("another process has the database '%s' open", file);
		}
		finally {
			other.destroyForcibly().waitFor();
		}

		open().close();
		assertThat(filesBeside()).containsExactly("longhaul.mv.db");
	}

	@Test
	void refusesAPlaceThatCannotBeUsed() {
		Path nowhere = Path.of("/proc/nowhere/longhaul");

		assertThatThrownBy(() -> EmbeddedDatabase.open(nowhere, 2, CLOCK))
			.isInstanceOfSatisfying(RefusedRequest.class,
					(refused) -> assertThat(refused.code()).isEqualTo(FailureCode.INVALID_CONFIGURATION))
			.hasMessageStartingWith("the database '/proc/nowhere/longhaul.mv.db' cannot be opened: ");
	}

	private EmbeddedDatabase open() {
		return EmbeddedDatabase.open(path, 2, CLOCK);
	}

	private List<String> filesBeside() throws IOException {
		try (Stream<Path> files = Files.list(file.getParent())) {
			return files.map(beside -> beside.getFileName().toString()).sorted().toList();
		}
	}

	private static byte[] damage(byte[] intact, String damage) {
		byte[] damaged = intact.clone();
		switch (damage) {
			case "garbage" -> new Random(1).nextBytes(damaged);
			case "zeros" -> Arrays.fill(damaged, (byte) 0);
			case "first 4 KiB only" -> damaged = Arrays.copyOf(intact, 4096);
			case "first 100 bytes only" -> damaged = Arrays.copyOf(intact, 100);
			case "no headers" -> Arrays.fill(damaged, 0, 8192, (byte) 0);
			default -> throw new IllegalArgumentException(damage);
		}
		return damaged;
	}

	private static void unpack(String resource, Path to) throws IOException {
		Files.createDirectories(to.getParent());
		try (InputStream packed = EmbeddedDatabaseTest.class.getResourceAsStream(resource);
				InputStream whole = new GZIPInputStream(packed)) {
			Files.copy(whole, to);
		}
	}

	private static List<String> scripts(EmbeddedDatabase database) {
		return new JdbcTemplate(database.dataSource()).queryForList(
				"SELECT \"version\" FROM \"flyway_schema_history\" WHERE \"version\" IS NOT NULL ORDER BY \"installed_rank\"",
				String.class);
	}

	private static void addInstance(EmbeddedDatabase database) {
		new JdbcTemplate(database.dataSource())
			.update("INSERT INTO BATCH_JOB_INSTANCE VALUES (NEXT VALUE FOR BATCH_JOB_INSTANCE_SEQ, 0, 'backup', 'x')");
	}

	private static long instances(EmbeddedDatabase database) {
		return new JdbcTemplate(database.dataSource()).queryForObject("SELECT COUNT(*) FROM BATCH_JOB_INSTANCE",
				Long.class);
	}

	/** Another process with the database open. */
	static final class Holder {

		private Holder() {
		}

		public static void main(String[] args) throws IOException {
			EmbeddedDatabase.open(Path.of(args[0]), 2, CLOCK);
			System.out.println("open");
			System.in.read();
		}

	}

}
