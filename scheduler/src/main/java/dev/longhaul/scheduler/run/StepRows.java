package dev.longhaul.scheduler.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.text.Printable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The steps of runs in the server's database.
 */
final class StepRows {

	/** Of a name, as the table has it. */
	private static final int LONGEST_NAME = 200;

	private static final int LONGEST_NOTE = 2000;

	private final JdbcClient jdbc;

	StepRows(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Replaces what is known of a step. */
	void put(RunId run, RunSteps.Placed placed) {
		RunStep step = placed.step();
		Map<String, @Nullable Object> values = new HashMap<>();
		values.put("run", run.value());
		values.put("number", placed.number());
		values.put("subject", shortened(step.subject(), LONGEST_NAME));
		values.put("name", shortened(step.name(), LONGEST_NAME));
		values.put("state", step.state().name());
		values.put("started", RunRows.stored(step.started()));
		values.put("ended", RunRows.stored(step.ended()));
		values.put("note", shortened(step.note(), LONGEST_NOTE));
		values.put("bytes", step.bytes());
		int updated = jdbc
			.sql("UPDATE RUN_STEP SET STATE = :state, STARTED_AT = :started, ENDED_AT = :ended, NOTE = :note,"
					+ " BYTES = :bytes WHERE RUN_ID = :run AND NUMBER = :number")
			.params(values)
			.update();
		if (updated == 0) {
			jdbc.sql("INSERT INTO RUN_STEP (RUN_ID, NUMBER, SUBJECT, NAME, STATE, STARTED_AT, ENDED_AT, NOTE, BYTES)"
					+ " VALUES (:run, :number, :subject, :name, :state, :started, :ended, :note, :bytes)")
				.params(values)
				.update();
		}
	}

	/** In their order. */
	List<RunStep> of(RunId run) {
		return jdbc
			.sql("SELECT SUBJECT, NAME, STATE, STARTED_AT, ENDED_AT, NOTE, BYTES FROM RUN_STEP"
					+ " WHERE RUN_ID = :run ORDER BY NUMBER")
			.param("run", run.value())
			.query(StepRows::step)
			.list();
	}

	/** How many bytes were moved by those of these runs that moved any. */
	Map<RunId, Long> moved(Collection<RunId> runs) {
		Map<RunId, Long> moved = new HashMap<>();
		if (!runs.isEmpty()) {
			jdbc.sql("SELECT RUN_ID, SUM(BYTES) AS MOVED FROM RUN_STEP WHERE RUN_ID IN (:runs) GROUP BY RUN_ID")
				.param("runs", runs.stream().map(RunId::value).toList())
				.query(row -> {
					moved.put(new RunId(row.getString("RUN_ID")), row.getLong("MOVED"));
				});
			moved.values().removeIf(bytes -> bytes == 0);
		}
		return moved;
	}

	/** Forgets those of runs before this one. */
	void prune(String before) {
		jdbc.sql("DELETE FROM RUN_STEP WHERE RUN_ID < :id").param("id", before).update();
	}

	private static RunStep step(ResultSet row, int number) throws SQLException {
		return new RunStep(row.getString("SUBJECT"), row.getString("NAME"),
				RunStep.State.valueOf(row.getString("STATE")), RunRows.instant(row, "STARTED_AT"),
				RunRows.instant(row, "ENDED_AT"), row.getString("NOTE"), row.getLong("BYTES"));
	}

	private static String shortened(String hostile, int most) {
		String text = Printable.of(hostile);
		return (text.length() > most) ? text.substring(0, most - 1) + "…" : text;
	}

}
