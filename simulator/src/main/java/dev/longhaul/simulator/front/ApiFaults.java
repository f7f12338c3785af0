package dev.longhaul.simulator.front;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The faults scripted for a front. Each is accounted for: a test that scripted one which
 * never fired has not tested what it says.
 */
public final class ApiFaults {

	private final List<ScriptedFault> script = new CopyOnWriteArrayList<>();

	/** Scripts a fault for the next requests of that kind; the earlier scripted wins. */
	public ScriptedFault script(ApiFault fault, RequestPattern requests, int times) {
		ScriptedFault scripted = new ScriptedFault(fault, requests, times);
		script.add(scripted);
		return scripted;
	}

	/** Scripts a fault for every request of that kind until it is closed. */
	public ScriptedFault script(ApiFault fault, RequestPattern requests) {
		return script(fault, requests, Integer.MAX_VALUE);
	}

	/**
	 * @throws IllegalStateException naming the faults that never fired
	 */
	public void requireAllFired() {
		List<ScriptedFault> silent = script.stream().filter(scripted -> scripted.fired() == 0).toList();
		if (!silent.isEmpty()) {
			throw new IllegalStateException("scripted faults that never fired: " + silent);
		}
	}

	Optional<ApiFault> claim(ApiRequest request) {
		return script.stream().filter(scripted -> scripted.claims(request)).findFirst().map(ScriptedFault::fault);
	}

}
