package dev.longhaul.scheduler.run;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.longhaul.core.volume.ByteSize;

/**
 * What a run has used, and what of it has failed. What Longhorn itself sends to a bucket
 * is not in it: only our own calls are.
 *
 * @param stores that were called, by the names of their targets
 * @param failures of parts of the run, by the words of their codes; that of the run
 * itself is its outcome
 */
public record RunFigures(List<StoreUse> stores, SortedMap<String, Long> failures) {

	public RunFigures {
		stores = List.copyOf(stores);
		failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
	}

	/**
	 * Calls of one target that were answered, by the classes in which Backblaze bills
	 * them.
	 *
	 * @param target its name in the configuration
	 * @param sent bytes of contents of requests
	 * @param received bytes of contents of answers
	 */
	public record StoreUse(String target, long classA, long classB, long classC, long sent, long received) {

		private String words() {
			return "%s: %d A, %d B, %d C, %s sent, %s received".formatted(target, classA, classB, classC,
					new ByteSize(sent), new ByteSize(received));
		}

	}

	/** For people, in one line; empty if there is nothing to be told. */
	public String words() {
		String used = stores.stream().map(StoreUse::words).collect(Collectors.joining("; "));
		String failed = failures.entrySet()
			.stream()
			.map(failure -> "%d × %s".formatted(failure.getValue(), failure.getKey()))
			.collect(Collectors.joining(", "));
		return used + (failed.isEmpty() ? "" : (used.isEmpty() ? "" : "; ") + "failed: " + failed);
	}

}
