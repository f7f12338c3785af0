package dev.longhaul.scheduler.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

import javax.sql.DataSource;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PostgresDatabaseIT {

	@TempDir
	private static Path directory;

	private static PostgresServer server;

	@BeforeAll
	static void startServer() throws IOException {
		server = PostgresServer.create();
	}

	@AfterAll
	static void stopServer() throws IOException {
		if (server != null) {
			server.close();
		}
	}

	@BeforeEach
	void empty() throws SQLException {
		try (PostgresDatabase database = open()) {
			JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
			jdbc.execute("DROP SCHEMA public CASCADE");
			jdbc.execute("CREATE SCHEMA public");
		}
	}

	@Test
	void isCreatedWithItsTablesAndKeepsThem() {
		try (PostgresDatabase database = open()) {
			addInstance(database.dataSource());
		}

		try (PostgresDatabase database = open()) {
			assertThat(instances(database)).isOne();
		}
	}

	@Test
	void hasTheTablesAndColumnsOfTheEmbeddedOne() {
		try (PostgresDatabase database = open();
				EmbeddedDatabase embedded = EmbeddedDatabase.open(directory.resolve("embedded"), 2,
						Clock.systemUTC())) {
			assertThat(columns(database, "public")).isEqualTo(columns(embedded, "PUBLIC")).isNotEmpty();
		}
	}

	@Test
	void isUsedByOneProcessAtATime() {
		try (PostgresDatabase database = open()) {
			assertThatThrownBy(PostgresDatabaseIT::open)
				.isInstanceOfSatisfying(RefusedRequest.class,
						(refused) -> assertThat(refused.code()).isEqualTo(FailureCode.ALREADY_RUNNING))
				.hasMessage("another process works with the database '%s'", server.url());
			assertThat(instances(database)).isZero();
		}

		open().close();
	}

	@Test
	void isOutOfReachWhilePostgresqlIsDown() throws IOException {
		server.stop();
		try {
			assertThatThrownBy(PostgresDatabaseIT::open)
				.isInstanceOfSatisfying(TransientFailure.class,
						(failure) -> assertThat(failure.code()).isEqualTo(FailureCode.DATABASE_UNREACHABLE))
				.hasMessageStartingWith("the database '%s' cannot be used: ", server.url());
		}
		finally {
			server.start();
		}
	}

	@Test
	void refusesAWrongPasswordWithoutSayingIt() throws IOException {
		Path wrong = Files.createDirectory(directory.resolve("wrong"));
		Files.writeString(wrong.resolve("username"), "longhaul");
		Files.writeString(wrong.resolve("password"), "hunter2-hunter2");

		LonghaulException failure = catchThrowableOfType(LonghaulException.class,
				() -> PostgresDatabase.open(PostgresLogin.read(server.url(), wrong), 2));

		assertThat(failure).isInstanceOf(RefusedRequest.class);
		assertThat(failure.hint()).contains("longhaul.postgresql.credentials");
		assertThat(failure).hasStackTraceContaining("password authentication failed")
			.hasMessageNotContaining("hunter2");
		assertThat(PostgresLogin.read(server.url(), wrong)).hasToString(server.url());
	}

	private static PostgresDatabase open() {
		return PostgresDatabase.open(PostgresLogin.read(server.url(), server.credentials()), 2);
	}

	private static void addInstance(DataSource database) {
		new JdbcTemplate(database)
			.update("INSERT INTO BATCH_JOB_INSTANCE VALUES (nextval('BATCH_JOB_INSTANCE_SEQ'), 0, 'backup', 'x')");
	}

	private static long instances(PostgresDatabase database) {
		return new JdbcTemplate(database.dataSource()).queryForObject("SELECT COUNT(*) FROM BATCH_JOB_INSTANCE",
				Long.class);
	}

	private static List<String> columns(ServerDatabase database, String schema) {
		return new JdbcTemplate(database.dataSource())
			.queryForList("SELECT LOWER(TABLE_NAME) || '.' || LOWER(COLUMN_NAME) FROM INFORMATION_SCHEMA.COLUMNS"
					+ " WHERE TABLE_SCHEMA = ? ORDER BY 1", String.class, schema);
	}

}
