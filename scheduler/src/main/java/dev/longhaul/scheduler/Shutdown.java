package dev.longhaul.scheduler;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.ExitStatus;

/**
 * Ends the process. SIGTERM and Ctrl-C become a stop signal, and the process ends when
 * the work has stopped.
 */
final class Shutdown {

	/**
	 * Longer than one bounded call of cluster or bucket. Whoever does not stop by then is
	 * treated like one that is killed, which it must survive anyway.
	 */
	private static final long PATIENCE_SECONDS = 45;

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile boolean byItself;

	private Shutdown() {
	}

	/** Begins to listen for signals. */
	static Shutdown install(StopSignal stop) {
		Shutdown shutdown = new Shutdown();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> shutdown.onSignal(stop), "shutdown"));
		return shutdown;
	}

	/** Ends the process with a code, or lets the signal end it that came first. */
	void exit(int code) {
		byItself = true;
		ended.countDown();
		System.exit(code);
	}

	/**
	 * Only halting gives a process that ends by a signal an exit code of its own choice.
	 */
	private void onSignal(StopSignal stop) {
		if (byItself) {
			return;
		}
		stop.stop();
		try {
			ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Runtime.getRuntime().halt(ExitStatus.INTERRUPTED.code());
	}

}
