package dev.longhaul.simulator.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * The faults of a cluster. Whoever plays a part asks here whether it is to fail; what was
 * asked for and never happened is listed, so that a test can say that it proved nothing.
 * <p>
 * Safe for use by many threads.
 */
public final class Faults {

	private final List<Entry> entries = new ArrayList<>();

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	/** Runs whenever a fault begins or is ended. */
	public void listen(Runnable listener) {
		listeners.add(listener);
	}

	/** From now on; one that does not last, once. */
	public void inject(Fault fault) {
		synchronized (this) {
			entries.add(new Entry(fault));
		}
		listeners.forEach(Runnable::run);
	}

	/** Ends a fault that lasts. */
	public void end(Fault fault) {
		synchronized (this) {
			entries.stream().filter(entry -> entry.fault.equals(fault)).forEach(entry -> entry.over = true);
		}
		listeners.forEach(Runnable::run);
	}

	/**
	 * Makes a fault happen, if there is one.
	 * @param applies whether it is meant for the place that asks
	 */
	public synchronized <F extends Fault> Optional<F> strike(Class<F> type, Predicate<F> applies) {
		for (Entry entry : entries) {
			if (!entry.over && type.isInstance(entry.fault) && applies.test(type.cast(entry.fault))) {
				entry.struck = true;
				entry.over = !entry.fault.isLasting();
				return Optional.of(type.cast(entry.fault));
			}
		}
		return Optional.empty();
	}

	/** The faults that were asked for and did not happen. */
	public synchronized List<Fault> unfired() {
		return entries.stream().filter(entry -> !entry.struck).map(entry -> entry.fault).toList();
	}

	/** A fault and what became of it. */
	private static final class Entry {

		private final Fault fault;

		private boolean struck;

		private boolean over;

		private Entry(Fault fault) {
			this.fault = fault;
		}

	}

}
