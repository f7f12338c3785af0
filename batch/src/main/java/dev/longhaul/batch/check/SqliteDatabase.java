package dev.longhaul.batch.check;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.longhaul.backupstore.image.TimeLimit;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.text.Printable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/**
 * A copy of an SQLite database that nobody vouches for. Opening it applies the log beside
 * it, as the application's next start would.
 */
final class SqliteDatabase {

	/** More of them say nothing more. */
	private static final int MOST_FAULTS = 3;

	/** Of one value or row, in bytes: all else that SQLite holds is in its cache. */
	private static final int LONGEST = 64 << 20;

	/** Instructions of SQLite's machine between two looks at the time. */
	private static final int INSTRUCTIONS = 10_000;

	/** What these mean is that the file is not what SQLite wrote. */
	private static final Set<SQLiteErrorCode> DAMAGE = Set.of(SQLiteErrorCode.SQLITE_CORRUPT,
			SQLiteErrorCode.SQLITE_NOTADB);

	/**
	 * Nothing in a database makes SQLite call what only the application has, or hold more
	 * of it than 16 MiB at a time.
	 */
	private static final List<String> PRECAUTIONS = List.of("PRAGMA trusted_schema = OFF", "PRAGMA cache_size = -16384",
			"PRAGMA mmap_size = 0", "PRAGMA cell_size_check = ON");

	private final Path file;

	private final TimeLimit limit;

	SqliteDatabase(Path file, TimeLimit limit) {
		this.file = file;
		this.limit = limit;
	}

	/**
	 * What SQLite finds wrong, one sentence each; empty if it finds nothing.
	 * @throws dev.longhaul.core.failure.LonghaulException if it could not look at all of
	 * it
	 */
	List<String> faults() {
		try (Connection connection = open()) {
			List<String> faults = integrity(connection);
			return faults.isEmpty() ? references(connection) : faults;
		}
		catch (SQLException ex) {
			return List.of(damage(ex));
		}
	}

	private Connection open() throws SQLException {
		SQLiteConfig config = new SQLiteConfig();
		config.resetOpenMode(SQLiteOpenMode.CREATE);
		config.enableLoadExtension(false);
		config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, Integer.toString(LONGEST));
		config.setPragma(SQLiteConfig.Pragma.LIMIT_ATTACHED, "0");
		Connection connection = config.createConnection("jdbc:sqlite:" + file);
		try {
			ProgressHandler.setHandler(connection, INSTRUCTIONS, new EndInTime());
			for (String precaution : PRECAUTIONS) {
				try (Statement statement = connection.createStatement()) {
					statement.execute(precaution);
				}
			}
			return connection;
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

	private static List<String> integrity(Connection connection) throws SQLException {
		List<String> faults = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("PRAGMA integrity_check(" + MOST_FAULTS + ")")) {
			while (result.next() && faults.size() < MOST_FAULTS) {
				faults.add(printable(result.getString(1)));
			}
		}
		return faults.equals(List.of("ok")) ? List.of() : faults;
	}

	private static List<String> references(Connection connection) throws SQLException {
		List<String> faults = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("PRAGMA foreign_key_check")) {
			while (result.next() && faults.size() < MOST_FAULTS) {
				// A table may be without row numbers.
				String row = Objects.requireNonNullElse(result.getString(2), "without a number");
				faults.add("row %s of '%s' refers to a row that '%s' does not have".formatted(row,
						printable(result.getString(1)), printable(result.getString(3))));
			}
		}
		return faults;
	}

	/** Text of the database, which anybody may have written. */
	private static String printable(String text) {
		String line = Printable.of(text.replaceAll("\\s+", " ").strip());
		return (line.length() > 200) ? line.substring(0, 200) + "…" : line;
	}

	/** Only damage is a finding; all else says nothing about the database. */
	private String damage(SQLException ex) {
		SQLiteErrorCode code = (ex instanceof SQLiteException sqlite) ? primary(sqlite.getResultCode())
				: SQLiteErrorCode.UNKNOWN_ERROR;
		String message = printable(String.valueOf(ex.getMessage()));
		if (DAMAGE.contains(code)) {
			return message;
		}
		if (Thread.currentThread().isInterrupted()) {
			throw new Interruption("interrupted while checking a database");
		}
		if (code == SQLiteErrorCode.SQLITE_INTERRUPT) {
			throw limit.over("checking the database");
		}
		throw Impossible.because(
				"SQLite %s cannot check it: %s".formatted(org.sqlite.SQLiteJDBCLoader.getVersion(), message),
				"check it where the application runs", ex);
	}

	/** The lower eight bits say what happened, the others where. */
	private static SQLiteErrorCode primary(SQLiteErrorCode code) {
		return SQLiteErrorCode.getErrorCode(code.code & 0xff);
	}

	/** Is asked by SQLite again and again. */
	private final class EndInTime extends ProgressHandler {

		@Override
		protected int progress() {
			return (limit.isOver() || Thread.currentThread().isInterrupted()) ? 1 : 0;
		}

	}

}
