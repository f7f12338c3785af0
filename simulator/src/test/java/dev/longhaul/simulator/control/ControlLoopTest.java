package dev.longhaul.simulator.control;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ControlLoopTest {

	private static final Duration SOON = Duration.ofMillis(10);

	private static final Duration NEVER = Duration.ofHours(1);

	private final List<String> seen = new CopyOnWriteArrayList<>();

	private final Reconciler remember = name -> {
		seen.add(name);
		return Next.onChange();
	};

	@Test
	void nameIsLookedAtOnceHoweverOftenItIsAskedForBefore() throws Exception {
		CountDownLatch begin = new CountDownLatch(1);
		try (ControlLoop loop = new ControlLoop("test", 1, name -> {
			await(begin);
			return remember.reconcile(name);
		})) {
			loop.enqueue("first");
			loop.enqueue("second");
			loop.enqueue("second");
			loop.enqueue("second");
			begin.countDown();

			Awaitility.await().until(() -> seen.size() == 2);
		}
		assertThat(seen).containsExactly("first", "second");
	}

	@Test
	void nameAskedForWhileItIsLookedAtIsLookedAtAgain() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch asked = new CountDownLatch(1);
		try (ControlLoop loop = new ControlLoop("test", 2, name -> {
			begun.countDown();
			await(asked);
			return remember.reconcile(name);
		})) {
			loop.enqueue("name");
			await(begun);
			loop.enqueue("name");
			asked.countDown();

			Awaitility.await().until(() -> seen.size() == 2);
		}
	}

	@Test
	void soonerOfTwoTimesCounts() {
		try (ControlLoop loop = new ControlLoop("test", 1, remember)) {
			loop.enqueueAfter("sooner-last", NEVER);
			loop.enqueueAfter("sooner-last", SOON);
			loop.enqueueAfter("sooner-first", SOON);
			loop.enqueueAfter("sooner-first", NEVER);

			Awaitility.await().until(() -> seen.containsAll(List.of("sooner-last", "sooner-first")));
		}
	}

	@Test
	void failureIsTriedAgainUntilItSucceeds() {
		AtomicInteger attempts = new AtomicInteger();
		try (ControlLoop loop = new ControlLoop("test", 1, name -> {
			if (attempts.incrementAndGet() < 3) {
				throw new KubernetesClientException("not yet");
			}
			return remember.reconcile(name);
		})) {
			loop.enqueue("name");

			Awaitility.await().until(() -> !seen.isEmpty());
		}
		assertThat(attempts).hasValue(3);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
