package dev.longhaul.core.stop;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.longhaul.core.failure.ExitStatus;

/**
 * Lets the work of a program end in order when a signal tells it to stop (SIGTERM,
 * Ctrl-C), and then ends the program with the status the work came to. Without it the JVM
 * would end in the middle of everything, with a status of its own choice.
 */
public final class GracefulStop {

	private final Duration patience;

	private final Runnable stop;

	private final Runnable lastWord;

	private final CountDownLatch done = new CountDownLatch(1);

	private volatile int status = ExitStatus.INTERRUPTED.code();

	private GracefulStop(Duration patience, Runnable stop, Runnable lastWord) {
		this.patience = patience;
		this.stop = stop;
		this.lastWord = lastWord;
	}

	/**
	 * Begins to listen for signals, until {@link #exit}.
	 * @param patience how long work may take to end; longer than it takes to put things
	 * in order
	 * @param stop tells the work to end
	 * @param lastWord runs instead of what the work would have said, if patience ends
	 * first
	 */
	public static GracefulStop listen(Duration patience, Runnable stop, Runnable lastWord) {
		GracefulStop graceful = new GracefulStop(patience, stop, lastWord);
		Runtime.getRuntime().addShutdownHook(new Thread(graceful::onSignal, "graceful-stop"));
		return graceful;
	}

	/** Ends the program. */
	public void exit(int exitStatus) {
		status = exitStatus;
		done.countDown();
		System.exit(exitStatus);
	}

	/** Only halting gives a program that ends by a signal a status of its own choice. */
	private void onSignal() {
		if (done.getCount() == 0) {
			return;
		}
		stop.run();
		try {
			if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
				lastWord.run();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Runtime.getRuntime().halt(status);
	}

}
