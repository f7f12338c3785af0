package dev.longhaul.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.longhaul.cli.failure.FailurePrinter;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.Interruption;

/**
 * Lets the work end in order when the program is told to stop: interrupts it, waits for
 * it to clean up, then ends the program with the status it came to.
 */
final class GracefulStop {

	/**
	 * More than it takes to put things in order. What lasts longer waits for a bucket
	 * that has gone silent, and holds nothing that would be lost.
	 */
	private static final long CLEAN_UP_SECONDS = 5;

	private final Thread worker;

	private final FailurePrinter failures;

	private final CountDownLatch done = new CountDownLatch(1);

	private volatile int status = ExitStatus.INTERRUPTED.code();

	private GracefulStop(Thread worker, FailurePrinter failures) {
		this.worker = worker;
		this.failures = failures;
	}

	/** Watches over a thread until {@link #workIsDone} is called. */
	static GracefulStop guarding(Thread worker, FailurePrinter failures) {
		GracefulStop stop = new GracefulStop(worker, failures);
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
			if (!done.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS)) {
				failures.print(new Interruption("interrupted while waiting for the backup target"));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Runtime.getRuntime().halt(status);
	}

}
