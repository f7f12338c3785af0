package dev.longhaul.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.directory.DirectoryObjectStore;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.core.time.Pause;
import dev.longhaul.scheduler.database.EmbeddedDatabase;
import dev.longhaul.scheduler.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * The documents of 100,000 restore points in a directory, and ledgers of them in files.
 */
@State(Scope.Benchmark)
public class LedgerState {

	/** Of 2,000 volumes together, and 100,000 restore points. */
	@Param({ "500", "2000" })
	private int applications;

	private @Nullable TemporaryDirectory directory;

	private @Nullable RunCatalog catalog;

	private @Nullable EmbeddedDatabase database;

	private int databases;

	@Setup(Level.Trial)
	public void writeDocuments() throws IOException {
		TemporaryDirectory made = TemporaryDirectory.create();
		this.directory = made;
		RunCatalog written = new RunCatalog(new DirectoryObjectStore(made.path()), new BackupstoreLayout(""),
				Pause.real(), Seal.none());
		this.catalog = written;
		new MadeCatalog(applications).write(written);
	}

	/** Where the documents are. */
	Path documents() {
		if (directory == null) {
			throw new IllegalStateException("there are no documents yet");
		}
		return directory.path();
	}

	/** In a database of its own; the one before is closed. */
	Ledger emptyLedger() {
		if (directory == null || catalog == null) {
			throw new IllegalStateException("there are no documents yet");
		}
		closeDatabase();
		EmbeddedDatabase opened = EmbeddedDatabase.open(directory.path().resolve("ledger-" + databases++), 4,
				Clock.systemUTC());
		this.database = opened;
		// The day after: every document is old enough to be known by its size and time.
		Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
		return new Ledger(opened.dataSource(), new JdbcTransactionManager(opened.dataSource()), catalog.documents(),
				later);
	}

	@TearDown(Level.Trial)
	public void remove() throws IOException {
		closeDatabase();
		if (directory != null) {
			directory.close();
		}
	}

	private void closeDatabase() {
		if (database != null) {
			database.close();
		}
	}

}
