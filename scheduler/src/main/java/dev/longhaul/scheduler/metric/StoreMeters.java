package dev.longhaul.scheduler.metric;

import java.util.Locale;

import dev.longhaul.backupstore.object.CallClass;
import dev.longhaul.backupstore.object.CallListener;
import dev.longhaul.scheduler.run.RunTallies;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What is paid for: calls by class, and bytes.
 */
public final class StoreMeters {

	private final MeterRegistry registry;

	private final RunTallies runs;

	/**
	 * @param runs to count for each run, too
	 */
	public StoreMeters(MeterRegistry registry, RunTallies runs) {
		this.registry = registry;
		this.runs = runs;
	}

	/**
	 * Counts the calls of one target.
	 * @param target its name in the configuration
	 */
	public CallListener of(String target) {
		Counter classA = calls(target, CallClass.A);
		Counter classB = calls(target, CallClass.B);
		Counter classC = calls(target, CallClass.C);
		Counter sent = bytes(target, "sent");
		Counter received = bytes(target, "received");
		CallListener ofRuns = runs.of(target);
		return (callClass, out, in) -> {
			ofRuns.answered(callClass, out, in);
			switch (callClass) {
				case A -> classA.increment();
				case B -> classB.increment();
				case C -> classC.increment();
			}
			sent.increment((double) out);
			received.increment((double) in);
		};
	}

	private Counter calls(String target, CallClass callClass) {
		return Counter.builder("longhaul.store.calls")
			.description("Calls that were answered, by the class in which Backblaze bills them")
			.tags("target", target, "class", callClass.name().toLowerCase(Locale.ROOT))
			.register(registry);
	}

	private Counter bytes(String target, String direction) {
		return Counter.builder("longhaul.store.transfer")
			.description("Content of requests and of their answers")
			.baseUnit("bytes")
			.tags("target", target, "direction", direction)
			.register(registry);
	}

}
