package dev.longhaul.restore.replace;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.longhaul.core.workload.Workload;

/**
 * How many pods workloads had before they were stopped, as it is kept with a
 * PersistentVolume until they are started:
 * {@code deployment/git/gitea=1,statefulset/git/db=1}.
 */
record StoppedWorkloads(Map<Workload, Integer> pods) {

	/** Of the PersistentVolume that a claim gets. */
	static final String KEY = "longhaul.dev/stopped-workloads";

	private static final Pattern ENTRY = Pattern
		.compile("(?<=^|,)(deployment|statefulset)/([-a-z0-9]{1,63})/([-a-z0-9.]{1,253})=([1-9][0-9]{0,3})(?=,|$)");

	StoppedWorkloads {
		pods = Map.copyOf(pods);
	}

	/**
	 * What of a text can be understood; who writes annotations may write anything.
	 */
	static StoppedWorkloads parse(String text) {
		Map<Workload, Integer> pods = new TreeMap<>(Comparator.comparing(Workload::toString));
		ENTRY.matcher(text)
			.results()
			.forEach(entry -> kind(entry.group(1)).ifPresent(kind -> pods
				.put(new Workload(kind, entry.group(2), entry.group(3)), Integer.parseInt(entry.group(4)))));
		return new StoppedWorkloads(pods);
	}

	private static Optional<Workload.Kind> kind(String word) {
		for (Workload.Kind kind : Workload.Kind.values()) {
			if (kind.word().equals(word)) {
				return Optional.of(kind);
			}
		}
		return Optional.empty();
	}

	String text() {
		return pods.entrySet()
			.stream()
			.map(entry -> "%s/%s/%s=%d".formatted(entry.getKey().kind().word(), entry.getKey().namespace(),
					entry.getKey().name(), entry.getValue()))
			.sorted()
			.collect(Collectors.joining(","));
	}

}
