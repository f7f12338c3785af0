package dev.longhaul.scheduler.scenario.killed_at_random_moments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Where in its night a program was when it was killed, by what it left behind.
 */
enum Place {

	START_UP("before it worked with its database"),

	LAUNCH("before the first step"),

	PREFLIGHT("in the preflight"),

	SNAPSHOTS("while snapshots were taken"),

	BACKUPS("while backups were awaited"),

	MANIFEST("while the manifest was written"),

	READ_BACK("while blocks were read back"),

	JUDGEMENT("while the night was judged"),

	BETWEEN("between two steps"),

	OVER("after its last step");

	private final String description;

	Place(String description) {
		this.description = description;
	}

	/** Where the program was whose database this is. */
	static Place of(Path database, Path scratch, boolean anyBackup) throws IOException {
		if (!Files.exists(database)) {
			return START_UP;
		}
		Path copy = Files.copy(database, scratch.resolve(database.getFileName()));
		String name = copy.toString().replace(".mv.db", "");
		try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + name, "sa", "")) {
			return of(steps(connection), anyBackup);
		}
		catch (SQLException ex) {
			return START_UP;
		}
		finally {
			Files.delete(copy);
		}
	}

	private static List<String> steps(Connection connection) throws SQLException {
		List<String> steps = new ArrayList<>();
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery("""
				SELECT STEP_NAME FROM BATCH_STEP_EXECUTION
				WHERE STATUS IN ('STARTING', 'STARTED') ORDER BY STEP_EXECUTION_ID
				""")) {
			while (rows.next()) {
				steps.add(rows.getString(1));
			}
		}
		return steps;
	}

	private static Place of(List<String> steps, boolean anyBackup) {
		if (steps.isEmpty()) {
			return LAUNCH;
		}
		return switch (steps.get(0)) {
			case "preflight" -> PREFLIGHT;
			case "applications" -> anyBackup ? BACKUPS : SNAPSHOTS;
			case "manifest" -> MANIFEST;
			case "readBacks" -> READ_BACK;
			case "judge" -> JUDGEMENT;
			default -> throw new IllegalStateException("an unknown step: " + steps);
		};
	}

	@Override
	public String toString() {
		return description;
	}

}
