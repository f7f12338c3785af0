package dev.longhaul.scheduler.notification;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes attempts on threads of their own: they may be interrupted, while a thread that
 * uses the database may not, as an embedded one closes its file then.
 */
final class Courier implements AutoCloseable {

	/** Attempts that are stuck where nothing can end them, as in a look-up of a name. */
	private static final int MOST_STUCK = 4;

	private static final Duration IDLE = Duration.ofSeconds(30);

	private final Duration limit;

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, MOST_STUCK, IDLE.toSeconds(), TimeUnit.SECONDS,
			new SynchronousQueue<>(), work -> {
				Thread thread = new Thread(work, "notification");
				thread.setDaemon(true);
				return thread;
			});

	/**
	 * @param limit of one attempt, whatever its medium says; longer than that
	 */
	Courier(Duration limit) {
		this.limit = limit;
	}

	/** Does not throw, and returns within the limit. */
	Delivery deliver(Medium medium, Message message) {
		Future<Delivery> attempt;
		try {
			attempt = threads.submit(() -> medium.deliver(message));
		}
		catch (RejectedExecutionException ex) {
			return new Delivery.NotNow(threads.isShutdown() ? "told to stop" : "earlier attempts have not ended yet");
		}
		try {
			return attempt.get(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			attempt.cancel(true);
			return new Delivery.NotNow("did not come to an end");
		}
		catch (InterruptedException | CancellationException ex) {
			attempt.cancel(true);
			return new Delivery.NotNow("told to stop");
		}
		catch (ExecutionException ex) {
			// Its message may hold anything.
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			return new Delivery.NotNow("unexpected " + cause.getClass().getSimpleName());
		}
	}

	@Override
	public void close() {
		threads.shutdownNow();
	}

}
