package dev.longhaul.scheduler.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.run.RunEvent.Body;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunsTest {

	@TempDir
	private Path directory;

	private RunBench bench;

	private final Desk desk = new Desk();

	@BeforeEach
	void open() {
		bench = new RunBench(directory);
		bench.runs.open(desk);
	}

	@AfterEach
	void close() {
		bench.close();
	}

	@Test
	void aRunThatIsStartedByHandWaitsUntilItsOrderIsCarriedOut() {
		RunRecord asked = bench.runs.start(RunBench.NIGHTLY, "ada");

		assertThat(asked.outcome()).isEqualTo(new RunOutcome.Waiting());
		assertThat(asked.cause()).isEqualTo(new RunCause.ByHand("ada"));
		assertThat(bench.runs.waiting()).containsExactly(asked);
		assertThatThrownBy(() -> bench.runs.start(RunBench.NIGHTLY, "bob"))
			.isInstanceOfSatisfying(LonghaulException.class,
					refused -> assertThat(refused.code()).isEqualTo(FailureCode.ALREADY_RUNNING))
			.hasMessage("run %s of 'nightly' is waiting to begin", asked.id());

		bench.carryOut(desk.begun.get(0), run -> {
			assertThat(run.begun().id()).isEqualTo(asked.id());
			assertThatThrownBy(() -> bench.runs.start(RunBench.NIGHTLY, "bob")).hasMessageEndingWith("is under way");
			return NightEnd.PROVEN;
		});

		assertThat(bench.only().outcome()).isEqualTo(new RunOutcome.Proven());
		assertThat(bench.journal.newestByItself(RunBench.NIGHTLY)).isEmpty();
		assertThat(bench.journal.newest(RunBench.NIGHTLY)).contains(bench.only());
	}

	@Test
	void aRunThatWaitsAndIsCancelledNeverBegins() {
		RunRecord asked = bench.runs.start(RunBench.NIGHTLY, "ada");

		bench.runs.cancel(asked.id(), "bob");

		assertThat(desk.takenBack).containsExactly(asked.order());
		assertThat(bench.carryOut(asked.order(), run -> {
			throw new AssertionError("it begins");
		})).isEqualTo(new RunOutcome.Cancelled("bob"));
		assertThat(bench.told).extracting(RunRecord::outcome).containsExactly(new RunOutcome.Cancelled("bob"));
	}

	@Test
	void nothingIsStartedThatIsNotDeclaredAndNothingBeforeThereAreDefinitions() {
		assertThatThrownBy(() -> bench.runs.start(new JobName("weekly"), "ada")).hasMessage("no such job");
		bench.runs.close();

		assertThatThrownBy(() -> bench.runs.start(RunBench.NIGHTLY, "ada")).isInstanceOf(TransientFailure.class)
			.hasMessage("no definitions are in force");
		assertThat(bench.all()).isEmpty();
	}

	@Test
	void anOrderThatCannotBeKeptIsAFailedRun() {
		desk.fails = true;

		assertThatThrownBy(() -> bench.runs.start(RunBench.NIGHTLY, "ada")).hasMessage("no alarm");

		assertThat(bench.only().outcome().word()).isEqualTo("failed");
	}

	@Test
	void runsAreListedNewestFirstByJobAndOutcomeAndInPages() {
		JobName other = new JobName("other");
		for (int i = 0; i < 3; i++) {
			bench.carryOut(new RunOrder(RunBench.NIGHTLY, RunBench.DUE.plusSeconds(i), new RunCause.ByTheClock()),
					run -> NightEnd.PROVEN);
			bench.carryOut(new RunOrder(other, RunBench.DUE.plusSeconds(i), new RunCause.After(RunBench.NIGHTLY)),
					run -> NightEnd.UNPROVEN);
		}

		RunPage first = bench.runs.list(RunFilter.of(other), null, 2);
		RunPage second = bench.runs.list(RunFilter.of(other), first.next(), 2);

		assertThat(first.runs()).extracting(RunRecord::scheduledFor)
			.containsExactly(RunBench.DUE.plusSeconds(2), RunBench.DUE.plusSeconds(1));
		assertThat(second.runs()).extracting(RunRecord::scheduledFor).containsExactly(RunBench.DUE);
		assertThat(second.next()).isNull();
		assertThat(
				bench.runs.list(new RunFilter(null, Set.of(RunOutcome.Kind.PROVEN, RunOutcome.Kind.FAILED)), null, 10)
					.runs())
			.hasSize(3)
			.allSatisfy(run -> assertThat(run.job()).isEqualTo(RunBench.NIGHTLY));
	}

	@Test
	void whoWatchesHearsEverythingFromWhereverItWantsUntilTheEnd() {
		List<RunEvent> all = new CopyOnWriteArrayList<>();
		List<RunEvent> late = new CopyOnWriteArrayList<>();
		bench.carryOut(RunBench.TONIGHT, run -> {
			bench.runs.follow(run.begun().id(), 1, all::add);
			run.say(RunLine.Level.INFO, "begun");
			run.progressed("gitea/db", RunEvent.Work.UPLOAD, 40, 100);
			bench.runs.follow(run.begun().id(), 2, late::add);
			return NightEnd.PROVEN;
		});

		Awaitility.await().until(() -> all.size() == 3 && late.size() == 2);
		assertThat(all).extracting(RunEvent::number).containsExactly(1L, 2L, 3L);
		assertThat(all.get(1).body()).isEqualTo(new Body.Progressed("gitea/db", RunEvent.Work.UPLOAD, 40, 100, 0));
		assertThat(all.get(2).body()).isEqualTo(new Body.Ended(new RunOutcome.Proven()));
		assertThat(late).isEqualTo(all.subList(1, 3));
	}

	@Test
	void whoWatchesTooSlowlyMissesTheOldestAndHoldsNobodyUp() {
		List<Long> heard = new ArrayList<>();
		CountDownLatch goOn = new CountDownLatch(1);
		CountDownLatch over = new CountDownLatch(1);
		int many = RunProgress.KEPT * 3;
		bench.carryOut(RunBench.TONIGHT, run -> {
			bench.runs.follow(run.begun().id(), 1, event -> {
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

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class Desk implements Runs.Starter {

		private final List<RunOrder> begun = new ArrayList<>();

		private final List<RunOrder> takenBack = new ArrayList<>();

		private boolean fails;

		@Override
		public void requireStartable(JobName job) {
			if (!job.equals(RunBench.NIGHTLY)) {
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
