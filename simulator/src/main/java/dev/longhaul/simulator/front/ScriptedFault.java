package dev.longhaul.simulator.front;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fault waiting for the requests it is meant for, and the account of those it met.
 */
public final class ScriptedFault implements AutoCloseable {

	private final ApiFault fault;

	private final RequestPattern requests;

	private final AtomicInteger left;

	private final AtomicInteger fired = new AtomicInteger();

	ScriptedFault(ApiFault fault, RequestPattern requests, int times) {
		if (times < 1) {
			throw new IllegalArgumentException("a fault fires at least once, not " + times + " times");
		}
		this.fault = fault;
		this.requests = requests;
		this.left = new AtomicInteger(times);
	}

	/** How many requests it met so far. */
	public int fired() {
		return fired.get();
	}

	/** Ends the fault: it meets no further request. */
	@Override
	public void close() {
		left.set(0);
	}

	ApiFault fault() {
		return fault;
	}

	boolean claims(ApiRequest request) {
		if (!requests.matches(request) || left.getAndUpdate(count -> Math.max(0, count - 1)) == 0) {
			return false;
		}
		fired.incrementAndGet();
		return true;
	}

	@Override
	public String toString() {
		return fault + " for " + requests;
	}

}
