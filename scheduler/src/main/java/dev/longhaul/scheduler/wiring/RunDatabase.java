package dev.longhaul.scheduler.wiring;

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
import java.util.List;
import java.util.Locale;

import javax.sql.DataSource;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * The database of runs: one file, opened by one process at a time. It is a cache: a
 * damaged one is put aside, and the nights are found again by the names of what they
 * made.
 */
final class RunDatabase implements AutoCloseable {

	/**
	 * A commit is on the disk when it returns, so a killed process finds its last step.
	 * H2's own shutdown hook is off: it would close the database under a job that is
	 * being stopped.
	 */
	private static final String OPTIONS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

	private static final String ENDING = ".mv.db";

	/** The last thing that the schema script creates. */
	private static final String LAST_OF_SCHEMA = "BATCH_JOB_INSTANCE_SEQ";

	private static final List<String> TABLES = List.of("BATCH_JOB_INSTANCE", "BATCH_JOB_EXECUTION",
			"BATCH_JOB_EXECUTION_PARAMS", "BATCH_JOB_EXECUTION_CONTEXT", "BATCH_STEP_EXECUTION",
			"BATCH_STEP_EXECUTION_CONTEXT");

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final JdbcConnectionPool pool;

	private final @Nullable Path putAside;

	private RunDatabase(JdbcConnectionPool pool, @Nullable Path putAside) {
		this.pool = pool;
		this.putAside = putAside;
	}

	/**
	 * Opens the database, creating it if there is none.
	 * @param path of the file, without its ending
	 * @param connections used at once at most
	 * @throws RefusedRequest if another process has it open, or its place cannot be used
	 */
	static RunDatabase open(Path path, int connections, Clock clock) {
		Path file = path.resolveSibling(path.getFileName() + ENDING).toAbsolutePath();
		try {
			return new RunDatabase(openOnce(path, connections), null);
		}
		catch (SQLException ex) {
			if (!isDamaged(ex, file)) {
				throw refused(ex, file);
			}
		}
		Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + STAMP.format(clock.instant()));
		try {
			Files.move(file, aside);
			return new RunDatabase(openOnce(path, connections), aside);
		}
		catch (IOException ex) {
			throw unusable(file, ex);
		}
		catch (SQLException ex) {
			throw refused(ex, file);
		}
	}

	DataSource dataSource() {
		return pool;
	}

	/** Where a damaged database was put; null if there was none. */
	@Nullable Path putAside() {
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
		try (Connection connection = pool.getConnection()) {
			if (!hasSchema(connection)) {
				createSchema(connection);
			}
			readEverything(connection);
			return pool;
		}
		catch (SQLException | RuntimeException ex) {
			pool.dispose();
			throw ex;
		}
	}

	private static boolean hasSchema(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet found = statement.executeQuery(
						"SELECT 1 FROM INFORMATION_SCHEMA.SEQUENCES WHERE SEQUENCE_NAME = '" + LAST_OF_SCHEMA + "'")) {
			return found.next();
		}
	}

	/** Begins with dropping: a process may have been killed while it created it. */
	private static void createSchema(Connection connection) {
		new ResourceDatabasePopulator(schema("schema-drop-h2.sql"), schema("schema-h2.sql")).populate(connection);
	}

	private static ClassPathResource schema(String script) {
		return new ClassPathResource("org/springframework/batch/core/" + script);
	}

	/** A damaged page is found now, and not in the middle of the night. */
	private static void readEverything(Connection connection) throws SQLException {
		for (String table : TABLES) {
			try (Statement statement = connection.createStatement();
					ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
				while (rows.next()) {
					rows.getObject(1);
				}
			}
		}
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
