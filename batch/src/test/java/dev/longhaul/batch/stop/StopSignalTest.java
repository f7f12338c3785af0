package dev.longhaul.batch.stop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.longhaul.core.failure.Interruption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class StopSignalTest {

	private final StopSignal stop = new StopSignal();

	@Test
	void endsAPauseThatIsUnderWay() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		Future<?> pausing = CompletableFuture.runAsync(() -> {
			begun.countDown();
			assertThatThrownBy(() -> stop.of(Duration.ofHours(1))).isInstanceOf(InterruptedException.class);
		});
		begun.await();

		stop.stop();

		pausing.get(10, TimeUnit.SECONDS);
	}

	@Test
	void letsNoPauseBeginAnyMore() {
		stop.stop();

		assertThatThrownBy(() -> stop.of(Duration.ofHours(1))).isInstanceOf(InterruptedException.class)
			.hasMessage("told to stop");
	}

	@Test
	void interruptsInterruptibleWorkAndLeavesNoInterruptBehind() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CompletableFuture<Boolean> interruptedAfterwards = CompletableFuture.supplyAsync(() -> {
			assertThatThrownBy(() -> stop.interruptibly(() -> blockUntilInterrupted(begun)))
				.isInstanceOf(Interruption.class);
			return Thread.currentThread().isInterrupted();
		});
		begun.await();

		stop.stop();

		assertThat(interruptedAfterwards.get(10, TimeUnit.SECONDS)).isFalse();
	}

	@Test
	void interruptsNothingElse() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		AtomicBoolean interrupted = new AtomicBoolean();
		Future<?> writing = CompletableFuture.runAsync(() -> {
			stop.interruptibly(() -> "over");
			begun.countDown();
			try {
				goOn.await();
			}
			catch (InterruptedException ex) {
				interrupted.set(true);
			}
		});
		begun.await();

		stop.stop();
		goOn.countDown();

		writing.get(10, TimeUnit.SECONDS);
		assertThat(interrupted).isFalse();
	}

	@Test
	void beginsNoInterruptibleWorkAnyMore() {
		stop.stop();

		assertThatThrownBy(() -> stop.interruptibly(() -> "work")).isInstanceOf(Interruption.class)
			.hasMessage("told to stop");
	}

	@Test
	void givesAllItsPartsTheSignalAlsoThoseToCome() {
		StopSignal before = stop.part();

		stop.stop();

		assertThat(before.isStopped()).isTrue();
		assertThat(stop.part().isStopped()).isTrue();
	}

	@Test
	void aPartStopsAlone() {
		StopSignal part = stop.part();
		StopSignal other = stop.part();

		part.stop();

		assertThat(part.isStopped()).isTrue();
		assertThat(other.isStopped()).isFalse();
		assertThat(stop.isStopped()).isFalse();
	}

	private static String blockUntilInterrupted(CountDownLatch begun) {
		begun.countDown();
		try {
			new CountDownLatch(1).await();
			return "never";
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "blocking");
		}
	}

}
