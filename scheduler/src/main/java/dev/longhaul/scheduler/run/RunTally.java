package dev.longhaul.scheduler.run;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import dev.longhaul.backupstore.object.CallClass;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.scheduler.run.RunFigures.StoreUse;

/**
 * Counts for one run, on any of its threads.
 */
final class RunTally {

	private final Map<String, Use> stores = new ConcurrentHashMap<>();

	private final Map<FailureCode, LongAdder> failures = new ConcurrentHashMap<>();

	void answered(String target, CallClass callClass, long sent, long received) {
		Use use = stores.computeIfAbsent(target, any -> new Use());
		use.of(callClass).increment();
		use.sent.add(sent);
		use.received.add(received);
	}

	void failed(FailureCode code) {
		failures.computeIfAbsent(code, any -> new LongAdder()).increment();
	}

	/** As of now. */
	RunFigures figures() {
		List<StoreUse> used = stores.entrySet()
			.stream()
			.map(store -> store.getValue().figures(store.getKey()))
			.sorted(Comparator.comparing(StoreUse::target))
			.toList();
		SortedMap<String, Long> failed = new TreeMap<>();
		failures.forEach((code, count) -> failed.put(code.name(), count.sum()));
		return new RunFigures(used, failed);
	}

	private static final class Use {

		private final LongAdder classA = new LongAdder();

		private final LongAdder classB = new LongAdder();

		private final LongAdder classC = new LongAdder();

		private final LongAdder sent = new LongAdder();

		private final LongAdder received = new LongAdder();

		private LongAdder of(CallClass callClass) {
			return switch (callClass) {
				case A -> classA;
				case B -> classB;
				case C -> classC;
			};
		}

		private StoreUse figures(String target) {
			return new StoreUse(target, classA.sum(), classB.sum(), classC.sum(), sent.sum(), received.sum());
		}

	}

}
