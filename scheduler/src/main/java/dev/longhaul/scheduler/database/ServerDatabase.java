package dev.longhaul.scheduler.database;

import java.nio.file.Path;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * The server's database, its tables up to date, used by this process alone.
 */
public sealed interface ServerDatabase extends AutoCloseable permits EmbeddedDatabase, PostgresDatabase {

	DataSource dataSource();

	/** Where a damaged database was put; null if there was none. */
	default @Nullable Path putAside() {
		return null;
	}

	@Override
	void close();

}
