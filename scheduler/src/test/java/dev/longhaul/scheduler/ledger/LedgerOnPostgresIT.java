package dev.longhaul.scheduler.ledger;

import java.io.IOException;

import javax.sql.DataSource;

import dev.longhaul.scheduler.database.PostgresDatabase;
import dev.longhaul.scheduler.database.PostgresLogin;
import dev.longhaul.scheduler.database.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.springframework.jdbc.core.JdbcTemplate;

/** In a PostgreSQL. */
class LedgerOnPostgresIT {

	private static PostgresServer server;

	private static PostgresDatabase database;

	@BeforeAll
	static void openDatabase() throws IOException {
		server = PostgresServer.create();
		database = PostgresDatabase.open(PostgresLogin.read(server.url(), server.credentials()), 5);
	}

	@AfterAll
	static void close() throws IOException {
		if (database != null) {
			database.close();
		}
		if (server != null) {
			server.close();
		}
	}

	private static DataSource openEmpty() {
		JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
		jdbc.queryForList("""
				SELECT table_name FROM information_schema.tables
				WHERE table_name LIKE 'ledger\\_%' AND table_name <> 'ledger_state'""", String.class)
			.forEach(table -> jdbc.execute("TRUNCATE " + table));
		jdbc.update("UPDATE ledger_state SET complete_at = NULL, failing_since = NULL, failure = NULL, origin = NULL");
		return database.dataSource();
	}

	@Nested
	class Promises extends LedgerContract {

		@Override
		DataSource emptyDatabase() {
			return openEmpty();
		}

	}

	@Nested
	class Properties extends LedgerPropertiesContract {

		@Override
		DataSource emptyDatabase() {
			return openEmpty();
		}

	}

}
