package dev.longhaul.scheduler.scenario.consistent_applications;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * SQLite, with the write-ahead log that lies beside the file if there is one.
 */
final class RestoredSqlite implements RestoredDatabase {

	private final Connection connection;

	private RestoredSqlite(Connection connection) {
		this.connection = connection;
	}

	static RestoredSqlite open(Path file) throws IOException {
		try {
			return new RestoredSqlite(DriverManager.getConnection("jdbc:sqlite:" + file));
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
	}

	@Override
	public List<String> faults() throws IOException {
		List<String> faults = new ArrayList<>();
		for (String check : List.of("PRAGMA integrity_check", "PRAGMA foreign_key_check")) {
			try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(check)) {
				while (result.next()) {
					faults.add(result.getString(1));
				}
			}
			catch (SQLException ex) {
				throw new IOException(ex);
			}
		}
		faults.remove("ok");
		return faults;
	}

	@Override
	public List<Row> rows(String query) throws IOException {
		List<Row> rows = new ArrayList<>();
		try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(query)) {
			while (result.next()) {
				rows.add(new Row(result.getString(1), result.getLong(2), result.getString(3)));
			}
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
		return rows;
	}

	@Override
	public void close() throws IOException {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
	}

}
