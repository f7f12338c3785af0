package dev.longhaul.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.longhaul.core.failure.ExitStatus;

/**
 * Lets the work end in order when the program is told to stop: interrupts it, waits for
 * it to clean up, then ends the program with the status it came to.
 */
final class GracefulStop {

	/** Longer than a reader waits for a block that is under way. */
	private static final long CLEAN_UP_SECONDS = 45;

	private final Thread worker;

	private final CountDownLatch done = new CountDownLatch(1);

	private volatile int status = ExitStatus.INTERRUPTED.code();

	private GracefulStop(Thread worker) {
		this.worker = worker;
	}

	/** Watches over a thread until {@link #workIsDone} is called. */
	static GracefulStop guarding(Thread worker) {
		GracefulStop stop = new GracefulStop(worker);
		Runtime.getRuntime().addShutdownHook(new Thread(stop::shutDown, "graceful-stop"));
		return stop;
	}

	void workIsDone(int exitStatus) {
		status = exitStatus;
		done.countDown();
	}

	private void shutDown() {
		if (done.getCount() == 0) {
			return;
		}
		worker.interrupt();
		try {
			done.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Runtime.getRuntime().halt(status);
	}

}
