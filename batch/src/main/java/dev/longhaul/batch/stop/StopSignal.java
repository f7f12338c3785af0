package dev.longhaul.batch.stop;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.time.Pause;

/**
 * Tells every waiting thread of a program, or of one run of it, to stop, once and for
 * all.
 * <p>
 * Threads are interrupted only inside {@link #interruptibly}: an interrupt that hits H2
 * while it writes closes its database file.
 */
public final class StopSignal implements Pause {

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final Set<Thread> interruptible = new HashSet<>();

	/** Held weakly: a part whose run is over is forgotten. */
	private final Set<StopSignal> parts = Collections.newSetFromMap(new WeakHashMap<>());

	/** Ends every pause and every interruptible piece of work, now and from now on. */
	public void stop() {
		synchronized (interruptible) {
			stopped.countDown();
			interruptible.forEach(Thread::interrupt);
			parts.forEach(StopSignal::stop);
		}
	}

	/**
	 * A signal for a part of the work, which is given with this one or on its own.
	 */
	public StopSignal part() {
		StopSignal part = new StopSignal();
		synchronized (interruptible) {
			if (isStopped()) {
				part.stop();
			}
			parts.add(part);
		}
		return part;
	}

	public boolean isStopped() {
		return stopped.getCount() == 0;
	}

	/** Waits the real time of the machine. */
	@Override
	public void of(Duration duration) throws InterruptedException {
		if (stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new InterruptedException("told to stop");
		}
	}

	/**
	 * Does work that reacts to an interrupt and touches no database. The thread comes
	 * back without an interrupt pending.
	 * @throws Interruption if the signal is given
	 */
	public <T> T interruptibly(Supplier<T> work) {
		synchronized (interruptible) {
			if (isStopped()) {
				throw new Interruption("told to stop");
			}
			interruptible.add(Thread.currentThread());
		}
		try {
			return work.get();
		}
		finally {
			synchronized (interruptible) {
				interruptible.remove(Thread.currentThread());
			}
			Thread.interrupted();
		}
	}

}
