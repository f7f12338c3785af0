package dev.longhaul.scheduler.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class RunFloorTest {

	@TempDir
	private Path directory;

	private RunBench bench;

	@BeforeEach
	void open() {
		bench = new RunBench(directory);
	}

	@AfterEach
	void close() {
		bench.close();
	}

	@Test
	void everyRunIsRecordedWithWhatCameOfItAndWhatWasSaid() {
		RunOutcome outcome = bench.carryOut(RunBench.TONIGHT, run -> {
			assertThat(bench.runs.running()).containsExactly(run.begun());
			run.say(RunLine.Level.INFO, "two\nlines");
			run.say(RunLine.Level.WARNING, "a bell \u0007");
			return NightEnd.UNPROVEN;
		});

		assertThat(outcome).isEqualTo(new RunOutcome.Unproven());
		RunRecord run = bench.only();
		assertThat(run.outcome()).isEqualTo(outcome);
		assertThat(run)
			.extracting(RunRecord::job, RunRecord::kind, RunRecord::scheduledFor, RunRecord::attempt, RunRecord::cause,
					RunRecord::revision)
			.containsExactly(RunBench.NIGHTLY, RunKind.BACKUP, RunBench.DUE, 1, new RunCause.ByTheClock(), "cafe");
		assertThat(run.ended()).isAfterOrEqualTo(run.started());
		assertThat(bench.runs.lines(run.id(), 1, 10)).extracting(RunLine::number, RunLine::level, RunLine::text)
			.containsExactly(tuple(1, RunLine.Level.INFO, "two"), tuple(2, RunLine.Level.INFO, "lines"),
					tuple(3, RunLine.Level.WARNING, "a bell \\u0007"));
		assertThat(bench.runs.lines(run.id(), 3, 10)).hasSize(1);
		assertThat(bench.told).containsExactly(run);
		assertThat(bench.runs.running()).isEmpty();
	}

	@Test
	void whatFailsIsRecordedWithItsCodeFactAndHint() {
		bench.carryOut(RunBench.TONIGHT, run -> {
			throw new RefusedRequest(FailureCode.PREFLIGHT_FAILED, "no room", "make some");
		});

		assertThat(bench.only().outcome())
			.isEqualTo(new RunOutcome.Failed(FailureCode.PREFLIGHT_FAILED, "no room", "make some"));
		assertThat(bench.runs.lines(bench.only().id(), 1, 10)).extracting(RunLine::text)
			.containsExactly("no room   [PREFLIGHT_FAILED]", "hint: make some");
	}

	@Test
	void whatNobodyHasForeseenIsRecordedToo() {
		bench.carryOut(RunBench.TONIGHT, run -> {
			throw new StackOverflowError();
		});

		assertThat(bench.only().outcome()).isInstanceOfSatisfying(RunOutcome.Failed.class,
				failed -> assertThat(failed.code()).isEqualTo(FailureCode.INTERNAL_ERROR));
	}

	@Test
	void aRunWhoseJobIsGoneIsRecordedAsFailed() {
		bench.floor.carryOut(RunBench.TONIGHT, null, "cafe", RunBench.work(run -> {
			throw new RefusedRequest(FailureCode.JOB_NOT_FOUND, "gone", "");
		}));

		assertThat(bench.only().kind()).isNull();
		assertThat(bench.only().outcome().word()).isEqualTo("failed");
	}

	@Test
	void attemptsAtOneNightAreCounted() {
		bench.carryOut(RunBench.TONIGHT, run -> NightEnd.UNPROVEN);
		bench.carryOut(new RunOrder(RunBench.NIGHTLY, RunBench.DUE, new RunCause.Recovered()),
				run -> NightEnd.PROVEN_BEFORE);

		assertThat(bench.all()).extracting(RunRecord::attempt, RunRecord::outcome)
			.containsExactly(tuple(2, new RunOutcome.Proven()), tuple(1, new RunOutcome.Unproven()));
	}

	@Test
	void aRunThatIsCancelledEndsAndOthersGoOn() {
		CompletableFuture<RunOutcome> night = CompletableFuture
			.supplyAsync(() -> bench.carryOut(RunBench.TONIGHT, this::untilStopped));
		Awaitility.await().until(() -> bench.runs.running().size() == 1);

		bench.runs.cancel(bench.runs.running().get(0).id(), "ada");

		assertThat(night.join()).isEqualTo(new RunOutcome.Cancelled("ada"));
		assertThat(bench.only().outcome()).isEqualTo(new RunOutcome.Cancelled("ada"));
		assertThat(bench.program.isStopped()).isFalse();
		assertThatThrownBy(() -> bench.runs.cancel(bench.only().id(), "ada")).isInstanceOfSatisfying(
				LonghaulException.class, refused -> assertThat(refused.code()).isEqualTo(FailureCode.RUN_OVER));
	}

	@Test
	void aRunThatEndsWithTheProgramIsInterrupted() {
		CompletableFuture<RunOutcome> night = CompletableFuture
			.supplyAsync(() -> bench.carryOut(RunBench.TONIGHT, this::untilStopped));
		Awaitility.await().until(() -> bench.runs.running().size() == 1);

		bench.program.stop();

		assertThat(night.join()).isEqualTo(new RunOutcome.Interrupted());
		assertThat(bench.journal.interrupted(RunBench.NIGHTLY, RunBench.DUE.minusSeconds(1))).contains(bench.only());
		bench.carryOut(new RunOrder(RunBench.NIGHTLY, RunBench.DUE, new RunCause.Recovered()), run -> NightEnd.PROVEN);
		assertThat(bench.journal.interrupted(RunBench.NIGHTLY, RunBench.DUE.minusSeconds(1))).isEmpty();
	}

	@Test
	void whatAKilledProcessHasLeftIsInterruptedOrCancelledAsWasWanted() {
		RunRecord killed = left(RunBench.TONIGHT);
		RunRecord cancelled = left(
				new RunOrder(RunBench.NIGHTLY, RunBench.DUE.plusSeconds(60), new RunCause.ByTheClock()));
		bench.journal.cancelAsked(cancelled.id(), "ada");

		assertThat(bench.floor.recover()).extracting(RunRecord::id).containsExactly(killed.id(), cancelled.id());

		assertThat(bench.runs.find(killed.id()).orElseThrow().outcome()).isEqualTo(new RunOutcome.Interrupted());
		assertThat(bench.runs.find(cancelled.id()).orElseThrow().outcome()).isEqualTo(new RunOutcome.Cancelled("ada"));
		assertThat(bench.told).hasSize(2);
		assertThat(bench.floor.recover()).isEmpty();
	}

	@Test
	void whatTheDatabaseRefusesIsKeptUntilItDoesNot() {
		bench.carryOut(RunBench.TONIGHT, run -> {
			bench.jdbc.sql("ALTER TABLE RUN RENAME TO HIDDEN").update();
			return NightEnd.PROVEN;
		});
		assertThat(bench.told).extracting(RunRecord::outcome).containsExactly(new RunOutcome.Proven());
		bench.jdbc.sql("ALTER TABLE HIDDEN RENAME TO RUN").update();
		assertThat(bench.only().outcome()).isEqualTo(new RunOutcome.Running());

		bench.carryOut(new RunOrder(RunBench.NIGHTLY, RunBench.DUE.plusSeconds(1), new RunCause.ByTheClock()),
				run -> NightEnd.PROVEN);

		assertThat(bench.all()).extracting(RunRecord::outcome)
			.containsExactly(new RunOutcome.Proven(), new RunOutcome.Proven());
	}

	private RunRecord left(RunOrder order) {
		RunRecord begun = bench.floor.record(order).begun(RunKind.BACKUP, "cafe", bench.floor.now());
		bench.journal.add(begun);
		return begun;
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

}
