package dev.longhaul.simulator.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Random;

/**
 * A SQLite database with the tables of a small vault.
 */
final class DemoVault {

	private static final int ENTRIES = 1200;

	private static final int ENTRY_BYTES = 900;

	private DemoVault() {
	}

	static void create(Path file) throws IOException {
		try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file)) {
			database.setAutoCommit(false);
			try (Statement statement = database.createStatement()) {
				statement.execute("CREATE TABLE users (uuid TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE)");
				statement.execute("CREATE TABLE ciphers (uuid TEXT PRIMARY KEY, user_uuid TEXT NOT NULL"
						+ " REFERENCES users (uuid), data TEXT NOT NULL)");
				statement.execute("INSERT INTO users VALUES ('user-1', 'owner@example.org')");
			}
			addEntries(database);
			database.commit();
		}
		catch (SQLException ex) {
			throw new IOException("the database of the demo could not be written to " + file, ex);
		}
	}

	/** Entries look as a vault's do: encrypted, so without any pattern. */
	private static void addEntries(Connection database) throws SQLException {
		Random random = new Random(7);
		byte[] encrypted = new byte[ENTRY_BYTES];
		try (PreparedStatement insert = database.prepareStatement("INSERT INTO ciphers VALUES (?, 'user-1', ?)")) {
			for (int number = 1; number <= ENTRIES; number++) {
				random.nextBytes(encrypted);
				insert.setString(1, "cipher-%05d".formatted(number));
				insert.setString(2, HexFormat.of().formatHex(encrypted));
				insert.executeUpdate();
			}
		}
	}

}
