package dev.longhaul.core.thread;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.RunAtHand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WorkersTest {

	private static final RunAtHand NIGHTLY = new RunAtHand("1", new JobName("nightly"));

	private static final RunAtHand WEEKLY = new RunAtHand("2", new JobName("weekly"));

	@Test
	void workForTheRunThatAskedForThemAlsoWhenOneIsReplaced() throws Exception {
		ExecutorService workers = NIGHTLY.during(() -> Executors.newFixedThreadPool(2, Workers.named("reader")));

		List<Optional<RunAtHand>> seen = NIGHTLY.during(() -> IntStream.range(0, 4).mapToObj(number -> {
			workers.execute(() -> {
				throw new IllegalStateException("as meant");
			});
			return workers.submit(RunAtHand::here);
		}).toList()).stream().map(WorkersTest::get).toList();

		assertThat(seen).containsOnly(Optional.of(NIGHTLY));
		workers.shutdownNow();
	}

	@Test
	void doNotKeepTheProgramFromEnding() {
		Thread thread = Workers.named("reader").newThread(() -> {
		});

		assertThat(thread.isDaemon()).isTrue();
		assertThat(thread.getName()).isEqualTo("reader");
	}

	@Test
	void aRunWithinAnotherGivesWayToItAgain() {
		NIGHTLY.during(() -> {
			assertThatThrownBy(() -> WEEKLY.during(() -> {
				assertThat(RunAtHand.here()).contains(WEEKLY);
				throw new IllegalStateException("as meant");
			})).hasMessage("as meant");
			assertThat(RunAtHand.here()).contains(NIGHTLY);
			return NIGHTLY;
		});

		assertThat(RunAtHand.here()).isEmpty();
	}

	private static <T> T get(Future<T> future) {
		try {
			return future.get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
