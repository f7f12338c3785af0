package dev.longhaul.scheduler.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The records of runs in the server's database. Each call is one transaction, and fails
 * with Spring's {@link org.springframework.dao.DataAccessException} if the database
 * cannot be used.
 */
public final class RunJournal {

	/** Of one page, and of what is looked for at the start. */
	public static final int MOST = 500;

	/** Older ones are forgotten; what they made is in the bucket. */
	private static final int REMEMBERED = 10_000;

	/** Of so many of the newest runs, what was said and done is kept. */
	private static final int WITH_LINES = 500;

	private static final String COLUMNS = "ID, JOB, KIND, SCHEDULED_FOR, ATTEMPT, CAUSE, CAUSED_BY, REVISION, STARTED_AT,"
			+ " ENDED_AT, OUTCOME, CANCELLED_BY, FAILURE_CODE, FAILURE_FACT, FAILURE_HINT, FIGURES";

	private static final String SELECT = "SELECT " + COLUMNS + " FROM RUN ";

	/** There may be later attempts; only the last one tells what became of a night. */
	private static final String LAST_ATTEMPT = "NOT EXISTS (SELECT 1 FROM RUN LATER"
			+ " WHERE LATER.JOB = RUN.JOB AND LATER.SCHEDULED_FOR = RUN.SCHEDULED_FOR AND LATER.ID > RUN.ID)";

	private final JdbcClient jdbc;

	private final StepRows steps;

	public RunJournal(JdbcClient jdbc) {
		this.jdbc = jdbc;
		this.steps = new StepRows(jdbc);
	}

	/** Begins the record of a run. */
	void add(RunRecord run) {
		write("INSERT INTO RUN (" + COLUMNS + ") VALUES (:id, :job, :kind, :scheduledFor, :attempt, :cause, :causedBy,"
				+ " :revision, :started, :ended, :outcome, :cancelledBy, :code, :fact, :hint, :figures)", run);
	}

	/** Replaces the record of a run; makes it, if it could not be made before. */
	void put(RunRecord run) {
		int updated = write("UPDATE RUN SET KIND = :kind, REVISION = :revision, STARTED_AT = :started,"
				+ " ENDED_AT = :ended, OUTCOME = :outcome, CANCELLED_BY = COALESCE(:cancelledBy, CANCELLED_BY),"
				+ " FAILURE_CODE = :code, FAILURE_FACT = :fact, FAILURE_HINT = :hint, FIGURES = :figures WHERE ID = :id",
				run);
		if (updated == 0) {
			add(run);
		}
	}

	/** Notes who wants a run to end before anybody tells the run. */
	void cancelAsked(RunId id, String who) {
		jdbc.sql("UPDATE RUN SET CANCELLED_BY = :who WHERE ID = :id")
			.param("who", who)
			.param("id", id.value())
			.update();
	}

	/** How many attempts at a night are remembered. */
	public int attempts(Night night) {
		return jdbc.sql("SELECT COUNT(*) FROM RUN WHERE JOB = :job AND SCHEDULED_FOR = :at")
			.param("job", night.job().value())
			.param("at", night.scheduledFor().atOffset(ZoneOffset.UTC))
			.query(Integer.class)
			.single();
	}

	Optional<RunRecord> find(RunId id) {
		return jdbc.sql(SELECT + "WHERE ID = :id").param("id", id.value()).query(RunRows::record).optional();
	}

	/**
	 * @param before where the page begins; null for the newest
	 * @param limit at most {@link #MOST}
	 */
	RunPage page(RunFilter filter, @Nullable RunId before, int limit) {
		List<String> conditions = new ArrayList<>();
		if (filter.job() != null) {
			conditions.add("JOB = :job");
		}
		if (!filter.outcomes().isEmpty()) {
			conditions.add("OUTCOME IN (:outcomes)");
		}
		if (before != null) {
			conditions.add("ID < :before");
		}
		String where = conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions) + " ";
		JdbcClient.StatementSpec query = jdbc.sql(SELECT + where + "ORDER BY ID DESC LIMIT :limit")
			.param("limit", limit + 1);
		query = (filter.job() != null) ? query.param("job", filter.job().value()) : query;
		query = filter.outcomes().isEmpty() ? query : query.param("outcomes", words(filter.outcomes()));
		query = (before != null) ? query.param("before", before.value()) : query;
		List<RunRecord> found = query.query(RunRows::record).list();
		List<RunRecord> page = found.subList(0, Math.min(limit, found.size()));
		return new RunPage(page, (found.size() > limit) ? page.get(limit - 1).id() : null);
	}

	private static List<String> words(Collection<RunOutcome.Kind> outcomes) {
		return outcomes.stream().map(RunOutcome.Kind::word).toList();
	}

	/** Those that were asked for and have not begun, oldest first. */
	public List<RunRecord> waiting() {
		return unfinished(RunOutcome.Kind.WAITING);
	}

	/** Those of which more comes, oldest first. */
	List<RunRecord> unfinished(RunOutcome.Kind outcome) {
		return jdbc.sql(SELECT + "WHERE OUTCOME = :outcome ORDER BY ID LIMIT :limit")
			.param("outcome", outcome.word())
			.param("limit", MOST)
			.query(RunRows::record)
			.list();
	}

	/** Who wanted an unfinished run to end; empty if nobody did. */
	Optional<String> cancelledBy(RunId id) {
		return jdbc.sql("SELECT CANCELLED_BY FROM RUN WHERE ID = :id AND CANCELLED_BY IS NOT NULL")
			.param("id", id.value())
			.query(String.class)
			.optional();
	}

	/**
	 * When the newest run of a job was due that its schedule, or another job, was the
	 * reason for; empty if none is remembered.
	 */
	public Optional<Instant> newestByItself(JobName job) {
		return jdbc
			.sql(SELECT + "WHERE JOB = :job AND CAUSE <> :byHand AND OUTCOME <> :waiting"
					+ " ORDER BY SCHEDULED_FOR DESC LIMIT 1")
			.param("job", job.value())
			.param("byHand", new RunCause.ByHand("anybody").word())
			.param("waiting", RunOutcome.Kind.WAITING.word())
			.query(RunRows::record)
			.optional()
			.map(RunRecord::scheduledFor);
	}

	/** The last attempt at the newest night of a job; empty if none is remembered. */
	public Optional<RunRecord> newest(JobName job) {
		return jdbc
			.sql(SELECT + "WHERE JOB = :job AND OUTCOME <> :waiting ORDER BY SCHEDULED_FOR DESC, ID DESC LIMIT 1")
			.param("job", job.value())
			.param("waiting", RunOutcome.Kind.WAITING.word())
			.query(RunRows::record)
			.optional();
	}

	/** The newest run of a job that was interrupted, and not gone on with. */
	public Optional<RunRecord> interrupted(JobName job, Instant since) {
		return jdbc
			.sql(SELECT + "WHERE JOB = :job AND OUTCOME = :interrupted AND SCHEDULED_FOR > :since AND " + LAST_ATTEMPT
					+ " ORDER BY SCHEDULED_FOR DESC LIMIT 1")
			.param("job", job.value())
			.param("interrupted", RunOutcome.Kind.INTERRUPTED.word())
			.param("since", since.atOffset(ZoneOffset.UTC))
			.query(RunRows::record)
			.optional();
	}

	void say(RunId id, RunLine line) {
		jdbc.sql("INSERT INTO RUN_LINE (RUN_ID, NUMBER, SAID_AT, LEVEL, CONTENT)"
				+ " VALUES (:id, :number, :at, :level, :content)")
			.param("id", id.value())
			.param("number", line.number())
			.param("at", line.at().atOffset(ZoneOffset.UTC))
			.param("level", line.level().name())
			.param("content", line.text())
			.update();
	}

	/**
	 * @param from the number of the first line
	 * @param limit at most {@link #MOST}
	 */
	List<RunLine> lines(RunId id, int from, int limit) {
		return jdbc
			.sql("SELECT NUMBER, SAID_AT, LEVEL, CONTENT FROM RUN_LINE"
					+ " WHERE RUN_ID = :id AND NUMBER >= :from ORDER BY NUMBER LIMIT :limit")
			.param("id", id.value())
			.param("from", from)
			.param("limit", limit)
			.query(RunRows::line)
			.list();
	}

	/** The end of what was said in a run, in its order. */
	public List<RunLine> lastLines(RunId id, int count) {
		List<RunLine> newestFirst = jdbc
			.sql("SELECT NUMBER, SAID_AT, LEVEL, CONTENT FROM RUN_LINE WHERE RUN_ID = :id"
					+ " ORDER BY NUMBER DESC LIMIT :limit")
			.param("id", id.value())
			.param("limit", count)
			.query(RunRows::line)
			.list();
		return newestFirst.stream().sorted(Comparator.comparingInt(RunLine::number)).toList();
	}

	/** Replaces what is known of a step of a run. */
	void put(RunId id, RunSteps.Placed placed) {
		steps.put(id, placed);
	}

	/** In their order. */
	List<RunStep> steps(RunId id) {
		return steps.of(id);
	}

	/** How many bytes were moved by those of these runs that moved any. */
	Map<RunId, Long> moved(Collection<RunId> ids) {
		return steps.moved(ids);
	}

	/** Forgets runs, and what was said and done in them, beyond what is remembered. */
	void prune() {
		nth(WITH_LINES).ifPresent(id -> {
			jdbc.sql("DELETE FROM RUN_LINE WHERE RUN_ID < :id").param("id", id).update();
			steps.prune(id);
		});
		nth(REMEMBERED).ifPresent(
				id -> jdbc.sql("DELETE FROM RUN WHERE ID < :id AND ENDED_AT IS NOT NULL").param("id", id).update());
	}

	/** Counted from the newest. */
	private Optional<String> nth(int count) {
		return jdbc.sql("SELECT ID FROM RUN ORDER BY ID DESC LIMIT 1 OFFSET :offset")
			.param("offset", count - 1)
			.query(String.class)
			.optional();
	}

	private int write(String sql, RunRecord run) {
		return jdbc.sql(sql).params(RunRows.values(run)).update();
	}

}
