package dev.longhaul.scheduler.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.run.JobName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records of runs as rows, and back.
 */
final class RunRows {

	/** Of a fact or a hint, as the tables have it. */
	private static final int LONGEST_TEXT = 4000;

	/** Of the figures, as the table has them: dozens of targets. */
	private static final int LONGEST_FIGURES = 8000;

	private RunRows() {
	}

	/** The columns of a record by the names of parameters. */
	static Map<String, @Nullable Object> values(RunRecord run) {
		Map<String, @Nullable Object> values = new HashMap<>();
		values.put("id", run.id().value());
		values.put("job", run.job().value());
		values.put("kind", (run.kind() != null) ? run.kind().word() : null);
		values.put("scheduledFor", stored(run.scheduledFor()));
		values.put("attempt", run.attempt());
		values.put("cause", run.cause().word());
		values.put("causedBy", run.cause().by());
		values.put("revision", run.revision());
		values.put("started", stored(run.started()));
		values.put("ended", stored(run.ended()));
		values.put("outcome", run.outcome().word());
		values.put("cancelledBy", (run.outcome() instanceof RunOutcome.Cancelled by) ? by.who() : null);
		RunOutcome.Failed failed = (run.outcome() instanceof RunOutcome.Failed why) ? why : null;
		values.put("code", (failed != null) ? failed.code().name() : null);
		values.put("fact", (failed != null) ? shortened(failed.fact()) : null);
		values.put("hint", (failed != null) ? shortened(failed.hint()) : null);
		values.put("figures", stored(run.figures()));
		return values;
	}

	static @Nullable OffsetDateTime stored(@Nullable Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

	/** More than the table has room for are not kept. */
	private static @Nullable String stored(@Nullable RunFigures figures) {
		if (figures == null) {
			return null;
		}
		String json = JsonMapper.shared().writeValueAsString(figures);
		return (json.length() <= LONGEST_FIGURES) ? json : null;
	}

	private static @Nullable RunFigures figures(@Nullable String json) {
		return (json != null) ? JsonMapper.shared().readValue(json, RunFigures.class) : null;
	}

	private static String shortened(String text) {
		return (text.length() > LONGEST_TEXT) ? text.substring(0, LONGEST_TEXT - 1) + "…" : text;
	}

	static RunRecord record(ResultSet row, int number) throws SQLException {
		String kind = row.getString("KIND");
		return new RunRecord(new RunId(row.getString("ID")), new JobName(row.getString("JOB")),
				(kind != null) ? RunKind.of(kind) : null, required(instant(row, "SCHEDULED_FOR")),
				row.getInt("ATTEMPT"), RunCause.of(row.getString("CAUSE"), row.getString("CAUSED_BY")),
				row.getString("REVISION"), instant(row, "STARTED_AT"), instant(row, "ENDED_AT"), outcome(row),
				figures(row.getString("FIGURES")));
	}

	static RunLine line(ResultSet row, int number) throws SQLException {
		return new RunLine(row.getInt("NUMBER"), required(instant(row, "SAID_AT")),
				RunLine.Level.valueOf(row.getString("LEVEL")), row.getString("CONTENT"));
	}

	private static RunOutcome outcome(ResultSet row) throws SQLException {
		String word = row.getString("OUTCOME");
		return switch (word) {
			case "waiting" -> new RunOutcome.Waiting();
			case "running" -> new RunOutcome.Running();
			case "proven" -> new RunOutcome.Proven();
			case "unproven" -> new RunOutcome.Unproven();
			case "cancelled" -> new RunOutcome.Cancelled(row.getString("CANCELLED_BY"));
			case "interrupted" -> new RunOutcome.Interrupted();
			case "failed" -> new RunOutcome.Failed(FailureCode.valueOf(row.getString("FAILURE_CODE")),
					row.getString("FAILURE_FACT"), row.getString("FAILURE_HINT"));
			default -> throw new SQLException("'%s' is no outcome of a run".formatted(word));
		};
	}

	static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime stored = row.getObject(column, OffsetDateTime.class);
		return (stored != null) ? stored.toInstant() : null;
	}

	private static Instant required(@Nullable Instant instant) throws SQLException {
		if (instant == null) {
			throw new SQLException("an instant is missing");
		}
		return instant;
	}

}
