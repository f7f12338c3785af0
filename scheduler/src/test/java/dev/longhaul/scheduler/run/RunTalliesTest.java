package dev.longhaul.scheduler.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.longhaul.backupstore.object.CallClass;
import dev.longhaul.backupstore.object.CallListener;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.RunAtHand;
import dev.longhaul.core.thread.Workers;
import dev.longhaul.scheduler.run.RunFigures.StoreUse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunTalliesTest {

	private static final RunId FIRST = new RunId("019aa9a4-6f00-7000-8000-000000000001");

	private static final RunId SECOND = new RunId("019aa9a4-6f00-7000-8000-000000000002");

	private final RunTallies tallies = new RunTallies();

	private final CallListener calls = tallies.of("default");

	@Test
	void runsSideBySideAreNotMixedUpOnWhateverThreadTheyCall() throws InterruptedException {
		RunTally first = tallies.begin(FIRST);
		RunTally second = tallies.begin(SECOND);
		CountDownLatch bothCall = new CountDownLatch(2);

		ExecutorService ofFirst = callOften(FIRST, 100, bothCall);
		ExecutorService ofSecond = callOften(SECOND, 7, bothCall);
		calls.answered(CallClass.C, 1, 1);

		assertThat(ofFirst.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(ofSecond.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(first.figures().stores()).containsExactly(new StoreUse("default", 0, 1000, 0, 1000, 100_000));
		assertThat(second.figures().stores()).containsExactly(new StoreUse("default", 0, 1000, 0, 1000, 7000));
	}

	@Test
	void aThreadThatOutlivesItsRunCountsForNobody() {
		RunTally first = tallies.begin(FIRST);
		tallies.end(FIRST);

		at(FIRST).during(() -> {
			calls.answered(CallClass.B, 0, 1);
			return FIRST;
		});

		assertThat(first.figures().stores()).isEmpty();
	}

	@Test
	void figuresAreSaidInOneLine() {
		assertThat(new RunFigures(
				List.of(new StoreUse("attic", 2, 0, 1, 2048, 0), new StoreUse("default", 0, 3, 0, 0, 6_291_456)),
				new TreeMap<>(Map.of("BACKUP_STALLED", 2L)))
			.words())
			.isEqualTo("attic: 2 A, 0 B, 1 C, 2 KiB sent, 0 B received;"
					+ " default: 0 A, 3 B, 0 C, 0 B sent, 6 MiB received; failed: 2 × BACKUP_STALLED");
		RunTally tally = tallies.begin(FIRST);
		tally.failed(FailureCode.NOT_QUIET);
		assertThat(tally.figures().words()).isEqualTo("failed: 1 × NOT_QUIET");
	}

	private ExecutorService callOften(RunId run, long received, CountDownLatch bothCall) {
		return at(run).during(() -> {
			ExecutorService workers = Executors.newFixedThreadPool(4, Workers.named("reader"));
			for (int i = 0; i < 1000; i++) {
				workers.execute(() -> {
					bothCall.countDown();
					calls.answered(CallClass.B, 1, received);
				});
			}
			workers.shutdown();
			return workers;
		});
	}

	private static RunAtHand at(RunId run) {
		return new RunAtHand(run.value(), new JobName("nightly"));
	}

}
