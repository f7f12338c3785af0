package dev.longhaul.scheduler.ledger;

import java.nio.file.Path;
import java.time.Clock;

import javax.sql.DataSource;

import dev.longhaul.scheduler.database.EmbeddedDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** In a file. */
class LedgerTest {

	@TempDir
	private Path directory;

	private EmbeddedDatabase embedded;

	private DataSource open() {
		embedded = EmbeddedDatabase.open(directory.resolve("runs/longhaul"), 5, Clock.systemUTC());
		return embedded.dataSource();
	}

	@AfterEach
	void close() {
		embedded.close();
	}

	@Nested
	class Promises extends LedgerContract {

		@Override
		DataSource emptyDatabase() {
			return open();
		}

	}

	@Nested
	class Properties extends LedgerPropertiesContract {

		@Override
		DataSource emptyDatabase() {
			return open();
		}

	}

}
