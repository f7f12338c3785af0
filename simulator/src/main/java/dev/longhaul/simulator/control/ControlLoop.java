package dev.longhaul.simulator.control;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.longhaul.core.failure.LonghaulException;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * Calls a {@link Reconciler} for names: never twice at once for one, as soon as possible
 * after each request, and again with growing delay after a failure.
 */
public final class ControlLoop implements AutoCloseable {

	private static final System.Logger LOG = System.getLogger(ControlLoop.class.getName());

	/** As Kubernetes' own work queues begin. */
	private static final Duration FIRST_BACK_OFF = Duration.ofMillis(5);

	private static final Duration LAST_BACK_OFF = Duration.ofSeconds(30);

	private static final Duration END_LIMIT = Duration.ofSeconds(20);

	private final String kind;

	private final Reconciler reconciler;

	private final ScheduledThreadPoolExecutor threads;

	/** Names being looked at now. */
	private final Set<String> running = new HashSet<>();

	/** Names that were asked for while they were being looked at. */
	private final Set<String> again = new HashSet<>();

	/** Names waiting for a thread. */
	private final Set<String> queued = new HashSet<>();

	/** When names are looked at again by themselves, at most one time for each. */
	private final Map<String, ScheduledFuture<?>> timers = new HashMap<>();

	private final Map<String, Integer> failures = new HashMap<>();

	/**
	 * @param kind of the objects, for logs
	 * @param threads how many names are looked at at once
	 */
	public ControlLoop(String kind, int threads, Reconciler reconciler) {
		this.kind = kind;
		this.reconciler = reconciler;
		this.threads = new ScheduledThreadPoolExecutor(threads, task -> {
			Thread thread = new Thread(task, "control-" + kind);
			thread.setDaemon(true);
			return thread;
		});
		this.threads.setRemoveOnCancelPolicy(true);
	}

	/** Looks at a name soon. Asking again before that is asking once. */
	public void enqueue(String name) {
		synchronized (this) {
			if (running.contains(name)) {
				again.add(name);
				return;
			}
			if (!queued.add(name)) {
				return;
			}
		}
		submit(() -> work(name), Duration.ZERO);
	}

	/** Looks at a name after a while, or sooner if that is asked for already. */
	public synchronized void enqueueAfter(String name, Duration delay) {
		ScheduledFuture<?> before = timers.get(name);
		if (before != null && before.getDelay(TimeUnit.NANOSECONDS) <= delay.toNanos()) {
			return;
		}
		cancelTimer(name);
		submit(() -> enqueue(name), delay).ifPresent(timer -> timers.put(name, timer));
	}

	private void cancelTimer(String name) {
		ScheduledFuture<?> timer = timers.remove(name);
		if (timer != null) {
			timer.cancel(false);
		}
	}

	private Optional<ScheduledFuture<?>> submit(Runnable task, Duration delay) {
		try {
			return Optional.of(threads.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
		}
		catch (RejectedExecutionException ex) {
			LOG.log(Level.DEBUG, "the controller of {0} has ended", kind);
			return Optional.empty();
		}
	}

	private void work(String name) {
		synchronized (this) {
			queued.remove(name);
			running.add(name);
			cancelTimer(name);
		}
		try {
			Next next = reconciler.reconcile(name);
			succeeded(name);
			next.delay().ifPresent(delay -> enqueueAfter(name, delay));
		}
		catch (KubernetesClientException ex) {
			failed(name, ex, ex.getCode() == HttpURLConnection.HTTP_CONFLICT);
		}
		catch (IOException | RuntimeException ex) {
			failed(name, ex, false);
		}
		finally {
			finished(name);
		}
	}

	private synchronized void succeeded(String name) {
		failures.remove(name);
	}

	/** A conflict only means that somebody else was faster. */
	private void failed(String name, Exception ex, boolean conflict) {
		int count;
		synchronized (this) {
			count = conflict ? 0 : failures.merge(name, 1, Integer::sum);
		}
		boolean expected = conflict || ex instanceof LonghaulException || ex instanceof KubernetesClientException;
		if (!Thread.currentThread().isInterrupted() && !threads.isShutdown()) {
			LOG.log(expected ? Level.DEBUG : Level.WARNING, "looking at " + kind + " " + name + " again later", ex);
			Duration delay = FIRST_BACK_OFF.multipliedBy(1L << Math.min(count, 12));
			enqueueAfter(name, (delay.compareTo(LAST_BACK_OFF) < 0) ? delay : LAST_BACK_OFF);
		}
	}

	private void finished(String name) {
		boolean asked;
		synchronized (this) {
			running.remove(name);
			asked = again.remove(name);
		}
		if (asked) {
			enqueue(name);
		}
	}

	@Override
	public void close() {
		threads.shutdownNow();
		try {
			if (!threads.awaitTermination(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
				LOG.log(Level.WARNING, "the controller of {0} did not end within {1}", kind, END_LIMIT);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
