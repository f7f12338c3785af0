package dev.longhaul.bucket.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.longhaul.bucket.call.Call;

/**
 * The faults scripted for an endpoint. Of those that match a call, the one scripted first
 * fires until it is used up.
 * <p>
 * A test ends by asserting that {@link #unfired()} is empty: a fault that never fired has
 * tested nothing.
 */
public final class FaultScript {

	private final List<Scripted> script = new ArrayList<>();

	/** Lets the next so many matching calls fail. */
	public synchronized void next(int times, CallPattern calls, Fault fault) {
		script.add(new Scripted(calls, fault, 0, times));
	}

	/** Lets so many matching calls pass, and the next so many after them fail. */
	public synchronized void after(int passing, int times, CallPattern calls, Fault fault) {
		script.add(new Scripted(calls, fault, passing, times));
	}

	/** Lets every matching call fail from now on. */
	public synchronized void always(CallPattern calls, Fault fault) {
		script.add(new Scripted(calls, fault, 0, Integer.MAX_VALUE));
	}

	/** The fault that is to befall a call; counts as fired. */
	public synchronized Optional<Fault> befalling(Call call) {
		return script.stream().filter(scripted -> scripted.fires(call)).findFirst().map(scripted -> scripted.fault);
	}

	/**
	 * One line for each fault that fired less often than scripted; empty if all is done.
	 */
	public synchronized List<String> unfired() {
		return script.stream().filter(Scripted::isUnfired).map(Scripted::toString).toList();
	}

	/** Lets nothing fail any more and forgets what fired. */
	public synchronized void clear() {
		script.clear();
	}

	private static final class Scripted {

		private final CallPattern calls;

		private final Fault fault;

		private final int times;

		private int passing;

		private int fired;

		Scripted(CallPattern calls, Fault fault, int passing, int times) {
			if (passing < 0 || times < 1) {
				throw new IllegalArgumentException("a fault fires at least once, after none or more calls");
			}
			this.calls = calls;
			this.fault = fault;
			this.passing = passing;
			this.times = times;
		}

		boolean fires(Call call) {
			if (fired == times || !calls.matches(call)) {
				return false;
			}
			if (passing > 0) {
				passing--;
				return false;
			}
			fired++;
			return true;
		}

		boolean isUnfired() {
			return (times == Integer.MAX_VALUE) ? fired == 0 : fired < times;
		}

		@Override
		public String toString() {
			String scripted = (times == Integer.MAX_VALUE) ? "every time" : times + " times";
			return "%s for %s fired %d times, scripted %s".formatted(fault, calls, fired, scripted);
		}

	}

}
