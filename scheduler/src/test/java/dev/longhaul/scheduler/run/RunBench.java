package dev.longhaul.scheduler.run;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.job.Applications;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.CronSchedule;
import dev.longhaul.core.job.Misfire;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.job.Trigger;
import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.database.EmbeddedDatabase;
import dev.longhaul.scheduler.database.ServerDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs on a database of their own, for tests to carry out.
 */
final class RunBench {

	static final JobName NIGHTLY = new JobName("nightly");

	static final Instant DUE = Instant.parse("2026-11-22T02:30:00Z");

	static final RunOrder TONIGHT = new RunOrder(NIGHTLY, DUE, new RunCause.ByTheClock());

	private static final Clock CLOCK = Clock.systemUTC();

	private static final BackupJob JOB = new BackupJob(NIGHTLY,
			new Trigger(new Start.OnSchedule(new CronSchedule("30 2 * * *", ZoneOffset.UTC)), false, Misfire.RUN_ONCE,
					Duration.ZERO, List.of()),
			new Applications.All());

	final StopSignal program = new StopSignal();

	/** Runs that observers were told have ended. */
	final List<RunRecord> told = new CopyOnWriteArrayList<>();

	final JdbcClient jdbc;

	final RunJournal journal;

	final RunFloor floor;

	final Runs runs;

	private final ServerDatabase database;

	/** On an embedded database. */
	RunBench(Path directory) {
		this(EmbeddedDatabase.open(directory.resolve("longhaul"), 10, CLOCK));
	}

	/**
	 * @param database is closed with this
	 */
	RunBench(ServerDatabase database) {
		this.database = database;
		jdbc = JdbcClient.create(database.dataSource());
		journal = new RunJournal(jdbc);
		floor = new RunFloor(journal, program, () -> List.of(told::add, run -> {
			throw new IllegalStateException("an observer that fails");
		}), new RunTallies(), CLOCK);
		runs = new Runs(floor, journal);
	}

	void close() {
		floor.close();
		database.close();
	}

	RunOutcome carryOut(RunOrder order, Function<RunningRun, NightEnd> what) {
		return floor.carryOut(order, JOB, "cafe", work(what));
	}

	static RunFloor.Work work(Function<RunningRun, NightEnd> what) {
		return new RunFloor.Work() {
			@Override
			public NightEnd carryOut(RunningRun run) {
				return what.apply(run);
			}

			@Override
			public void failed(RunningRun run, Throwable failure) {
				// The record is looked at.
			}
		};
	}

	/** All there are, newest first. */
	List<RunRecord> all() {
		return runs.list(RunFilter.ALL, null, 10).runs();
	}

	/** The one there is. */
	RunRecord only() {
		assertThat(all()).hasSize(1);
		return all().get(0);
	}

}
