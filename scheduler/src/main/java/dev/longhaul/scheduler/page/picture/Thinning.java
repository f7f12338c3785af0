package dev.longhaul.scheduler.page.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Leaves out what no eye could tell apart, and never a peak or a trough.
 */
final class Thinning {

	private static final Comparator<Sample> BY_VALUE = Comparator.comparingDouble(Sample::value);

	private Thinning() {
	}

	/**
	 * In order of time, at most two of each of as many equal spans of time: the least and
	 * the greatest. The very first and last stay as well.
	 */
	static List<Sample> of(List<Sample> samples, int spans) {
		List<Sample> sorted = samples.stream().sorted(Comparator.comparing(Sample::at)).toList();
		if (sorted.size() <= 2 * spans) {
			return sorted;
		}
		Sample first = sorted.get(0);
		Sample last = sorted.get(sorted.size() - 1);
		Scale scale = Scale.ofTime(first.at(), last.at(), 0, spans);
		List<Sample> kept = new ArrayList<>();
		List<Sample> span = new ArrayList<>();
		int current = 0;
		for (Sample sample : sorted) {
			int at = (int) Math.min(spans - 1L, (long) scale.at(sample.at()));
			if (at != current) {
				keepExtremes(span, kept);
				span.clear();
				current = at;
			}
			span.add(sample);
		}
		keepExtremes(span, kept);
		return withEnds(first, kept, last);
	}

	private static void keepExtremes(List<Sample> span, List<Sample> kept) {
		if (span.isEmpty()) {
			return;
		}
		Sample least = Objects.requireNonNull(span.stream().min(BY_VALUE).orElse(null));
		Sample greatest = Objects.requireNonNull(span.stream().max(BY_VALUE).orElse(null));
		boolean leastFirst = !least.at().isAfter(greatest.at());
		kept.add(leastFirst ? least : greatest);
		if (!least.equals(greatest)) {
			kept.add(leastFirst ? greatest : least);
		}
	}

	private static List<Sample> withEnds(Sample first, List<Sample> kept, Sample last) {
		List<Sample> all = new ArrayList<>(kept);
		if (!all.get(0).equals(first)) {
			all.add(0, first);
		}
		if (!all.get(all.size() - 1).equals(last)) {
			all.add(last);
		}
		return all;
	}

}
