package dev.longhaul.batch.check;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.sqlite.Collation;

/**
 * Databases as applications, accidents and attackers leave them.
 */
final class Databases {

	private static final String[] VAULT = { "CREATE TABLE users (uuid TEXT PRIMARY KEY)",
			"CREATE TABLE ciphers (id INTEGER PRIMARY KEY, name TEXT, user TEXT REFERENCES users(uuid))",
			"CREATE INDEX by_name ON ciphers (name)", "INSERT INTO users VALUES ('ann')",
			"INSERT INTO ciphers (name, user) VALUES ('bank', 'ann'), ('mail', 'ann'), ('shop', 'ann')" };

	private Databases() {
	}

	static Path healthy(Path file) throws SQLException {
		return run(file, VAULT);
	}

	static Path run(Path file, String... statements) throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
			execute(connection, statements);
		}
		return file;
	}

	static void execute(Connection connection, String... statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	/** The index forgets its last entry: one bit of a page, as bad memory changes it. */
	static Path withoutAnIndexEntry(Path file) throws SQLException, IOException {
		healthy(file);
		long page = number(file, "SELECT rootpage FROM sqlite_schema WHERE name = 'by_name'");
		long size = number(file, "PRAGMA page_size");
		try (RandomAccessFile pages = new RandomAccessFile(file.toFile(), "rw")) {
			pages.seek((page - 1) * size + 3);
			pages.writeShort(2);
		}
		return file;
	}

	/** What was written last is in the log only, and refers to nobody. */
	static Path withALogAndAStranger(Path file) throws SQLException, IOException {
		Path live = file.resolveSibling("live");
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + live)) {
			execute(connection, "PRAGMA journal_mode = WAL", "PRAGMA wal_autocheckpoint = 0");
			execute(connection, VAULT);
			execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)",
					"INSERT INTO ciphers (name, user) VALUES ('loan', 'bob')");
			Files.copy(live, file);
			Files.copy(Path.of(live + "-wal"), Path.of(file + "-wal"));
		}
		for (String suffix : new String[] { "", "-wal", "-shm" }) {
			Files.deleteIfExists(Path.of(live + suffix));
		}
		return file;
	}

	/** Half of a transaction is in the file, and what it has overwritten beside it. */
	static Path withinATransaction(Path file) throws SQLException, IOException {
		Path live = file.resolveSibling("live");
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + live)) {
			execute(connection, VAULT);
			execute(connection, "PRAGMA cache_size = 5");
			execute(connection, "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
					+ "INSERT INTO ciphers (name, user) SELECT hex(randomblob(40)), 'ann' FROM n");
			connection.setAutoCommit(false);
			execute(connection, "UPDATE ciphers SET name = hex(randomblob(60))");
			Files.copy(live, file);
			Files.copy(Path.of(live + "-journal"), Path.of(file + "-journal"));
			connection.rollback();
		}
		Files.delete(live);
		return file;
	}

	/** Sorted in a way that only its application knows. */
	static Path sortedByItsApplication(Path file) throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
			Collation.create(connection, "household", new Collation() {
				@Override
				protected int xCompare(String a, String b) {
					return b.compareTo(a);
				}
			});
			execute(connection, "CREATE TABLE t (a TEXT COLLATE household)", "CREATE INDEX i ON t (a)",
					"INSERT INTO t VALUES ('x'), ('y')");
		}
		return file;
	}

	static Path withRows(Path file, int rows) throws SQLException {
		return run(file, "CREATE TABLE t (a TEXT)", "CREATE INDEX i ON t (a)",
				"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < %d) ".formatted(rows)
						+ "INSERT INTO t SELECT hex(randomblob(20)) FROM n");
	}

	private static long number(Path file, String query) throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(query)) {
			return result.getLong(1);
		}
	}

}
