package dev.longhaul.scheduler.scenario.killed_at_random_moments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the last start of a night has written into the database of runs.
 *
 * @param execution the number of that start; 0 if none has come so far
 * @param steps its steps without their partitions, with their states
 */
record Footprint(long execution, Map<String, String> steps) {

	private static final Footprint NONE = new Footprint(0, Map.of());

	/** Of a copy: the file itself is left as it was found. */
	static Footprint in(Path database, Path scratch) throws IOException {
		if (!Files.exists(database)) {
			return NONE;
		}
		Path copy = Files.copy(database, scratch.resolve(database.getFileName()));
		String name = copy.toString().replace(".mv.db", "");
		try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + name, "sa", "");
				Statement statement = connection.createStatement()) {
			long execution = number(statement, "SELECT COALESCE(MAX(JOB_EXECUTION_ID), 0) FROM BATCH_JOB_EXECUTION");
			return new Footprint(execution, steps(statement, execution));
		}
		catch (SQLException ex) {
			// The tables were being created when the program was killed.
			return NONE;
		}
		finally {
			Files.delete(copy);
		}
	}

	private static long number(Statement statement, String query) throws SQLException {
		try (ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getLong(1);
		}
	}

	private static Map<String, String> steps(Statement statement, long execution) throws SQLException {
		Map<String, String> steps = new LinkedHashMap<>();
		try (ResultSet rows = statement.executeQuery("""
				SELECT STEP_NAME, STATUS FROM BATCH_STEP_EXECUTION
				WHERE JOB_EXECUTION_ID = %d AND STEP_NAME NOT LIKE '%%:%%' ORDER BY STEP_EXECUTION_ID
				""".formatted(execution))) {
			while (rows.next()) {
				steps.put(rows.getString(1), rows.getString(2));
			}
		}
		return steps;
	}

	/**
	 * Where the program was that left this behind.
	 * @param before it was started
	 * @param backups whether any backup had been asked for
	 */
	Place place(Footprint before, boolean backups) {
		if (execution == before.execution) {
			return Place.START_UP;
		}
		if (steps.isEmpty()) {
			return Place.LAUNCH;
		}
		return steps.entrySet()
			.stream()
			.filter(step -> step.getValue().startsWith("START"))
			.findFirst()
			.map(step -> place(step.getKey(), backups))
			.orElse(steps.containsKey("judge") ? Place.OVER : Place.BETWEEN);
	}

	private static Place place(String step, boolean backups) {
		return switch (step) {
			case "preflight" -> Place.PREFLIGHT;
			case "applications" -> backups ? Place.BACKUPS : Place.SNAPSHOTS;
			case "manifest" -> Place.MANIFEST;
			case "exports" -> Place.EXPORTS;
			case "readBacks" -> Place.READ_BACK;
			case "judge" -> Place.JUDGEMENT;
			case "retention" -> Place.OVER;
			default -> throw new IllegalStateException("an unknown step: " + step);
		};
	}

}
