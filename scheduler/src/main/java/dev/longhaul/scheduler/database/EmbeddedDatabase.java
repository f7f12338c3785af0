package dev.longhaul.scheduler.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.sql.DataSource;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * The server's database in a file, opened by one process at a time. What was done is in
 * bucket and cluster, too: a damaged file is put aside, and the nights are found again by
 * the names of what they made.
 */
public final class EmbeddedDatabase implements ServerDatabase {

	/**
	 * A commit is on the disk when it returns, so a killed process finds its last step.
	 * H2's own shutdown hook is off: it would close the database under a job that is
	 * being stopped.
	 */
	private static final String OPTIONS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

	private static final String ENDING = ".mv.db";

	/**
	 * What a ledger holds is read from the bucket again, and is too much to look through
	 * at every start.
	 */
	private static final String TABLES = "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"
			+ " WHERE TABLE_SCHEMA = 'PUBLIC' AND TABLE_NAME NOT LIKE 'LEDGER\\_%'";

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final JdbcConnectionPool pool;

	private final @Nullable Path putAside;

	private EmbeddedDatabase(JdbcConnectionPool pool, @Nullable Path putAside) {
		this.pool = pool;
		this.putAside = putAside;
	}

	/**
	 * Opens the database, creating it if there is none.
	 * @param path of the file, without its ending
	 * @param connections used at once at most
	 * @throws RefusedRequest if another process has it open, or its place cannot be used
	 */
	public static EmbeddedDatabase open(Path path, int connections, Clock clock) {
		Path file = path.resolveSibling(path.getFileName() + ENDING).toAbsolutePath();
		try {
			return new EmbeddedDatabase(openOnce(path, connections), null);
		}
		catch (SQLException ex) {
			if (!isDamaged(ex, file)) {
				throw refused(ex, file);
			}
		}
		Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + STAMP.format(clock.instant()));
		try {
			Files.move(file, aside);
			return new EmbeddedDatabase(openOnce(path, connections), aside);
		}
		catch (IOException ex) {
			throw unusable(file, ex);
		}
		catch (SQLException ex) {
			throw refused(ex, file);
		}
	}

	@Override
	public DataSource dataSource() {
		return pool;
	}

	@Override
	public @Nullable Path putAside() {
		return putAside;
	}

	@Override
	public void close() {
		pool.dispose();
	}

	private static JdbcConnectionPool openOnce(Path path, int connections) throws SQLException {
		JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:file:" + path.toAbsolutePath() + OPTIONS, "sa",
				"");
		pool.setMaxConnections(connections);
		try {
			readEverything(pool);
			Migrations.apply(pool, "h2");
			return pool;
		}
		catch (SQLException | RuntimeException ex) {
			pool.dispose();
			throw ex;
		}
	}

	/** A damaged page is found now, and not in the middle of the night. */
	private static void readEverything(DataSource database) throws SQLException {
		try (Connection connection = database.getConnection()) {
			for (String table : tables(connection)) {
				readEverything(connection, table);
			}
		}
	}

	private static void readEverything(Connection connection, String table) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
			while (rows.next()) {
				rows.getObject(1);
			}
		}
	}

	private static List<String> tables(Connection connection) throws SQLException {
		List<String> tables = new ArrayList<>();
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(TABLES)) {
			while (rows.next()) {
				tables.add('"' + rows.getString(1) + '"');
			}
		}
		return tables;
	}

	/**
	 * A file that is torn within its first 8 KiB is an input error to H2, not corruption.
	 */
	private static boolean isDamaged(SQLException failure, Path file) {
		return switch (failure.getErrorCode()) {
			case ErrorCode.FILE_CORRUPTED_1 -> true;
			case ErrorCode.IO_EXCEPTION_2, ErrorCode.IO_EXCEPTION_1 ->
				Files.isRegularFile(file) && Files.isReadable(file) && Files.isWritable(file) && hasRoom(file);
			default -> false;
		};
	}

	private static boolean hasRoom(Path file) {
		try {
			return Files.getFileStore(file).getUsableSpace() > 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static RefusedRequest refused(SQLException failure, Path file) {
		if (failure.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
			return new RefusedRequest(FailureCode.ALREADY_RUNNING,
					"another process has the database '%s' open".formatted(file),
					"wait for it to end, or give this one another longhaul.database", failure);
		}
		return unusable(file, failure);
	}

	private static RefusedRequest unusable(Path file, Exception failure) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
				"the database '%s' cannot be opened: %s".formatted(file, failure.getMessage()),
				"check longhaul.database, and that its directory can be written and has room", failure);
	}

}
