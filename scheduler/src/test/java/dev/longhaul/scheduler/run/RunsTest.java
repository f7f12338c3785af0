package dev.longhaul.scheduler.run;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.job.Applications;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.CronSchedule;
import dev.longhaul.core.job.Misfire;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.job.Trigger;
import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.database.EmbeddedDatabase;
import dev.longhaul.scheduler.run.RunEvent.Body;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class RunsTest {

	private static final Clock CLOCK = Clock.systemUTC();

	private static final JobName NIGHTLY = new JobName("nightly");

	private static final Instant DUE = Instant.parse("2026-11-22T02:30:00Z");

	private static final RunOrder TONIGHT = new RunOrder(NIGHTLY, DUE, new RunCause.ByTheClock());

	private static final BackupJob JOB = new BackupJob(NIGHTLY,
			new Trigger(new Start.OnSchedule(new CronSchedule("30 2 * * *", ZoneOffset.UTC)), false, Misfire.RUN_ONCE,
					Duration.ZERO, List.of()),
			new Applications.All());

	@TempDir
	private Path directory;

	private EmbeddedDatabase database;

	private JdbcClient jdbc;

	private RunJournal journal;

	private RunFloor floor;

	private Runs runs;

	private final StopSignal program = new StopSignal();

	private final List<RunRecord> told = new CopyOnWriteArrayList<>();

	private final Desk desk = new Desk();

	@BeforeEach
	void open() {
		database = EmbeddedDatabase.open(directory.resolve("longhaul"), 10, CLOCK);
		jdbc = JdbcClient.create(database.dataSource());
		journal = new RunJournal(jdbc);
		floor = new RunFloor(journal, program, List.of(told::add, run -> {
			throw new IllegalStateException("an observer that fails");
		}), CLOCK);
		runs = new Runs(floor, journal);
		runs.open(desk);
	}

	@AfterEach
	void close() {
		floor.close();
		database.close();
	}

	@Test
	void everyRunIsRecordedWithWhatCameOfItAndWhatWasSaid() {
		RunOutcome outcome = carryOut(TONIGHT, run -> {
			assertThat(runs.running()).containsExactly(run.begun());
			run.say(RunLine.Level.INFO, "two\nlines");
			run.say(RunLine.Level.WARNING, "a bell \u0007");
			return NightEnd.UNPROVEN;
		});

		assertThat(outcome).isEqualTo(new RunOutcome.Unproven());
		RunRecord run = only();
		assertThat(run.outcome()).isEqualTo(outcome);
		assertThat(run)
			.extracting(RunRecord::job, RunRecord::kind, RunRecord::scheduledFor, RunRecord::attempt, RunRecord::cause,
					RunRecord::revision)
			.containsExactly(NIGHTLY, RunKind.BACKUP, DUE, 1, new RunCause.ByTheClock(), "cafe");
		assertThat(run.ended()).isAfterOrEqualTo(run.started());
		assertThat(runs.lines(run.id(), 1, 10)).extracting(RunLine::number, RunLine::level, RunLine::text)
			.containsExactly(tuple(1, RunLine.Level.INFO, "two"), tuple(2, RunLine.Level.INFO, "lines"),
					tuple(3, RunLine.Level.WARNING, "a bell \\u0007"));
		assertThat(runs.lines(run.id(), 3, 10)).hasSize(1);
		assertThat(told).containsExactly(run);
		assertThat(runs.running()).isEmpty();
	}

	@Test
	void whatFailsIsRecordedWithItsCodeFactAndHint() {
		carryOut(TONIGHT, run -> {
			throw new RefusedRequest(FailureCode.PREFLIGHT_FAILED, "no room", "make some");
		});

		assertThat(only().outcome())
			.isEqualTo(new RunOutcome.Failed(FailureCode.PREFLIGHT_FAILED, "no room", "make some"));
		assertThat(runs.lines(only().id(), 1, 10)).extracting(RunLine::text)
			.containsExactly("no room   [PREFLIGHT_FAILED]", "hint: make some");
	}

	@Test
	void whatNobodyHasForeseenIsRecordedToo() {
		carryOut(TONIGHT, run -> {
			throw new StackOverflowError();
		});

		assertThat(only().outcome()).isInstanceOfSatisfying(RunOutcome.Failed.class,
				failed -> assertThat(failed.code()).isEqualTo(FailureCode.INTERNAL_ERROR));
	}

	@Test
	void aRunWhoseJobIsGoneIsRecordedAsFailed() {
		floor.carryOut(TONIGHT, null, "cafe", work(run -> {
			throw new RefusedRequest(FailureCode.JOB_NOT_FOUND, "gone", "");
		}));

		assertThat(only().kind()).isNull();
		assertThat(only().outcome().word()).isEqualTo("failed");
	}

	@Test
	void attemptsAtOneNightAreCounted() {
		carryOut(TONIGHT, run -> NightEnd.UNPROVEN);
		carryOut(new RunOrder(NIGHTLY, DUE, new RunCause.Recovered()), run -> NightEnd.PROVEN_BEFORE);

		assertThat(runs.list(RunFilter.ALL, null, 10).runs()).extracting(RunRecord::attempt, RunRecord::outcome)
			.containsExactly(tuple(2, new RunOutcome.Proven()), tuple(1, new RunOutcome.Unproven()));
	}

	@Test
	void aRunThatIsCancelledEndsAndOthersGoOn() {
		CompletableFuture<RunOutcome> night = CompletableFuture
			.supplyAsync(() -> carryOut(TONIGHT, this::untilStopped));
		Awaitility.await().until(() -> runs.running().size() == 1);

		runs.cancel(runs.running().get(0).id(), "ada");

		assertThat(night.join()).isEqualTo(new RunOutcome.Cancelled("ada"));
		assertThat(only().outcome()).isEqualTo(new RunOutcome.Cancelled("ada"));
		assertThat(program.isStopped()).isFalse();
		assertThatThrownBy(() -> runs.cancel(only().id(), "ada")).isInstanceOfSatisfying(LonghaulException.class,
				refused -> assertThat(refused.code()).isEqualTo(FailureCode.RUN_OVER));
	}

	@Test
	void aRunThatEndsWithTheProgramIsInterrupted() {
		CompletableFuture<RunOutcome> night = CompletableFuture
			.supplyAsync(() -> carryOut(TONIGHT, this::untilStopped));
		Awaitility.await().until(() -> runs.running().size() == 1);

		program.stop();

		assertThat(night.join()).isEqualTo(new RunOutcome.Interrupted());
		assertThat(journal.interrupted(NIGHTLY, DUE.minusSeconds(1))).contains(only());
		carryOut(new RunOrder(NIGHTLY, DUE, new RunCause.Recovered()), run -> NightEnd.PROVEN);
		assertThat(journal.interrupted(NIGHTLY, DUE.minusSeconds(1))).isEmpty();
	}

	@Test
	void whatAKilledProcessHasLeftIsInterruptedOrCancelledAsWasWanted() {
		RunRecord killed = left(TONIGHT);
		RunRecord cancelled = left(new RunOrder(NIGHTLY, DUE.plusSeconds(60), new RunCause.ByTheClock()));
		journal.cancelAsked(cancelled.id(), "ada");

		assertThat(floor.recover()).extracting(RunRecord::id).containsExactly(killed.id(), cancelled.id());

		assertThat(runs.find(killed.id()).orElseThrow().outcome()).isEqualTo(new RunOutcome.Interrupted());
		assertThat(runs.find(cancelled.id()).orElseThrow().outcome()).isEqualTo(new RunOutcome.Cancelled("ada"));
		assertThat(told).hasSize(2);
		assertThat(floor.recover()).isEmpty();
	}

	@Test
	void aRunThatIsStartedByHandWaitsUntilItsOrderIsCarriedOut() {
		RunRecord asked = runs.start(NIGHTLY, "ada");

		assertThat(asked.outcome()).isEqualTo(new RunOutcome.Waiting());
		assertThat(asked.cause()).isEqualTo(new RunCause.ByHand("ada"));
		assertThat(runs.waiting()).containsExactly(asked);
		assertThatThrownBy(() -> runs.start(NIGHTLY, "bob"))
			.isInstanceOfSatisfying(LonghaulException.class,
					refused -> assertThat(refused.code()).isEqualTo(FailureCode.ALREADY_RUNNING))
			.hasMessage("run %s of 'nightly' is waiting to begin", asked.id());

		carryOut(desk.begun.get(0), run -> {
			assertThat(run.begun().id()).isEqualTo(asked.id());
			assertThatThrownBy(() -> runs.start(NIGHTLY, "bob")).hasMessageEndingWith("is under way");
			return NightEnd.PROVEN;
		});

		assertThat(only().outcome()).isEqualTo(new RunOutcome.Proven());
		assertThat(journal.newestByItself(NIGHTLY)).isEmpty();
		assertThat(journal.newest(NIGHTLY)).contains(only());
	}

	@Test
	void aRunThatWaitsAndIsCancelledNeverBegins() {
		RunRecord asked = runs.start(NIGHTLY, "ada");

		runs.cancel(asked.id(), "bob");

		assertThat(desk.takenBack).containsExactly(asked.order());
		assertThat(carryOut(asked.order(), run -> {
			throw new AssertionError("it begins");
		})).isEqualTo(new RunOutcome.Cancelled("bob"));
		assertThat(told).extracting(RunRecord::outcome).containsExactly(new RunOutcome.Cancelled("bob"));
	}

	@Test
	void nothingIsStartedThatIsNotDeclaredAndNothingBeforeThereAreDefinitions() {
		assertThatThrownBy(() -> runs.start(new JobName("weekly"), "ada")).hasMessage("no such job");
		runs.close();

		assertThatThrownBy(() -> runs.start(NIGHTLY, "ada")).isInstanceOf(TransientFailure.class)
			.hasMessage("no definitions are in force");
		assertThat(runs.list(RunFilter.ALL, null, 10).runs()).isEmpty();
	}

	@Test
	void anOrderThatCannotBeKeptIsAFailedRun() {
		desk.fails = true;

		assertThatThrownBy(() -> runs.start(NIGHTLY, "ada")).hasMessage("no alarm");

		assertThat(only().outcome().word()).isEqualTo("failed");
	}

	@Test
	void runsAreListedNewestFirstByJobAndOutcomeAndInPages() {
		JobName other = new JobName("other");
		for (int i = 0; i < 3; i++) {
			carryOut(new RunOrder(NIGHTLY, DUE.plusSeconds(i), new RunCause.ByTheClock()), run -> NightEnd.PROVEN);
			carryOut(new RunOrder(other, DUE.plusSeconds(i), new RunCause.After(NIGHTLY)), run -> NightEnd.UNPROVEN);
		}

		RunPage first = runs.list(RunFilter.of(other), null, 2);
		RunPage second = runs.list(RunFilter.of(other), first.next(), 2);

		assertThat(first.runs()).extracting(RunRecord::scheduledFor)
			.containsExactly(DUE.plusSeconds(2), DUE.plusSeconds(1));
		assertThat(second.runs()).extracting(RunRecord::scheduledFor).containsExactly(DUE);
		assertThat(second.next()).isNull();
		assertThat(
				runs.list(new RunFilter(null, Set.of(RunOutcome.Kind.PROVEN, RunOutcome.Kind.FAILED)), null, 10).runs())
			.hasSize(3)
			.allSatisfy(run -> assertThat(run.job()).isEqualTo(NIGHTLY));
	}

	@Test
	void whoWatchesHearsEverythingFromWhereverItWantsUntilTheEnd() {
		List<RunEvent> all = new CopyOnWriteArrayList<>();
		List<RunEvent> late = new CopyOnWriteArrayList<>();
		carryOut(TONIGHT, run -> {
			runs.follow(run.begun().id(), 1, all::add);
			run.say(RunLine.Level.INFO, "begun");
			run.progressed("gitea/db", RunEvent.Work.UPLOAD, 40, 100);
			runs.follow(run.begun().id(), 2, late::add);
			return NightEnd.PROVEN;
		});

		Awaitility.await().until(() -> all.size() == 3 && late.size() == 2);
		assertThat(all).extracting(RunEvent::number).containsExactly(1L, 2L, 3L);
		assertThat(all.get(1).body()).isEqualTo(new Body.Progressed("gitea/db", RunEvent.Work.UPLOAD, 40, 100));
		assertThat(all.get(2).body()).isEqualTo(new Body.Ended(new RunOutcome.Proven()));
		assertThat(late).isEqualTo(all.subList(1, 3));
	}

	@Test
	void whoWatchesTooSlowlyMissesTheOldestAndHoldsNobodyUp() {
		List<Long> heard = new ArrayList<>();
		CountDownLatch goOn = new CountDownLatch(1);
		CountDownLatch over = new CountDownLatch(1);
		int many = RunProgress.KEPT * 3;
		carryOut(TONIGHT, run -> {
			runs.follow(run.begun().id(), 1, event -> {
				awaitQuietly(goOn);
				heard.add(event.number());
				if (event.body() instanceof Body.Ended) {
					over.countDown();
				}
			});
			for (int i = 0; i < many; i++) {
				run.progressed("gitea", RunEvent.Work.READ_BACK, i, many);
			}
			return NightEnd.PROVEN;
		});

		goOn.countDown();
		awaitQuietly(over);

		assertThat(heard).hasSizeLessThan(many).isSorted().endsWith(many + 1L);
	}

	@Test
	void whatTheDatabaseRefusesIsKeptUntilItDoesNot() {
		carryOut(TONIGHT, run -> {
			jdbc.sql("ALTER TABLE RUN RENAME TO HIDDEN").update();
			return NightEnd.PROVEN;
		});
		assertThat(told).extracting(RunRecord::outcome).containsExactly(new RunOutcome.Proven());
		jdbc.sql("ALTER TABLE HIDDEN RENAME TO RUN").update();
		assertThat(only().outcome()).isEqualTo(new RunOutcome.Running());

		carryOut(new RunOrder(NIGHTLY, DUE.plusSeconds(1), new RunCause.ByTheClock()), run -> NightEnd.PROVEN);

		assertThat(runs.list(RunFilter.ALL, null, 10).runs()).extracting(RunRecord::outcome)
			.containsExactly(new RunOutcome.Proven(), new RunOutcome.Proven());
	}

	private RunRecord left(RunOrder order) {
		RunRecord begun = floor.record(order).begun(RunKind.BACKUP, "cafe", floor.now());
		journal.add(begun);
		return begun;
	}

	private RunRecord only() {
		List<RunRecord> all = runs.list(RunFilter.ALL, null, 10).runs();
		assertThat(all).hasSize(1);
		return all.get(0);
	}

	private NightEnd untilStopped(RunningRun run) {
		try {
			run.stop().of(Duration.ofMinutes(1));
			return NightEnd.PROVEN;
		}
		catch (InterruptedException ex) {
			throw new Interruption("told to stop");
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private RunOutcome carryOut(RunOrder order, Function<RunningRun, NightEnd> what) {
		return floor.carryOut(order, JOB, "cafe", work(what));
	}

	private static RunFloor.Work work(Function<RunningRun, NightEnd> what) {
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

	private static final class Desk implements Runs.Starter {

		private final List<RunOrder> begun = new ArrayList<>();

		private final List<RunOrder> takenBack = new ArrayList<>();

		private boolean fails;

		@Override
		public void requireStartable(JobName job) {
			if (!job.equals(NIGHTLY)) {
				throw new RefusedRequest(FailureCode.JOB_NOT_FOUND, "no such job", "");
			}
		}

		@Override
		public void begin(RunOrder order) {
			if (fails) {
				throw new IllegalStateException("no alarm");
			}
			begun.add(order);
		}

		@Override
		public void takeBack(RunOrder order) {
			takenBack.add(order);
		}

	}

}
