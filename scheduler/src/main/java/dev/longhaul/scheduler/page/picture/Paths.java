package dev.longhaul.scheduler.page.picture;

import java.util.List;

/**
 * Paths of SVG over samples.
 */
final class Paths {

	private Paths() {
	}

	/** {@code M2,20L4,18L6,12}. */
	static String line(List<Sample> samples, Scale x, Scale y) {
		StringBuilder path = new StringBuilder();
		for (Sample sample : samples) {
			path.append(path.isEmpty() ? 'M' : 'L')
				.append(Svg.number(x.at(sample.at())))
				.append(',')
				.append(Svg.number(y.at(sample.value())));
		}
		return path.toString();
	}

}
