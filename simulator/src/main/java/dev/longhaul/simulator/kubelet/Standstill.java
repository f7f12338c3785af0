package dev.longhaul.simulator.kubelet;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

import dev.longhaul.simulator.engine.Freeze;

/**
 * The moments at which containers of a node stand still. Meanwhile nothing starts in any
 * container: what did would not be held.
 */
final class Standstill {

	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	/** Starts something, after a standstill if there is one. */
	<T, E extends Exception> T exclude(Start<T, E> start) throws E {
		lock.readLock().lock();
		try {
			return start.run();
		}
		finally {
			lock.readLock().unlock();
		}
	}

	/**
	 * Reads while containers stand still, one such reading at a time.
	 * @param containers looked up when nothing starts any more
	 */
	void during(Supplier<List<Sandbox>> containers, Freeze.Reading reading) throws IOException {
		lock.writeLock().lock();
		try {
			hold(containers.get(), reading);
		}
		finally {
			lock.writeLock().unlock();
		}
	}

	private static void hold(List<Sandbox> containers, Freeze.Reading reading) throws IOException {
		if (containers.isEmpty()) {
			reading.read();
			return;
		}
		HeldProcesses held = containers.get(0).hold();
		try {
			hold(containers.subList(1, containers.size()), reading);
		}
		finally {
			held.close();
		}
	}

	/** Starts something in a container. */
	@FunctionalInterface
	interface Start<T, E extends Exception> {

		T run() throws E;

	}

}
