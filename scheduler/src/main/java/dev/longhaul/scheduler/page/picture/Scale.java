package dev.longhaul.scheduler.page.picture;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a value lies in a picture: linear, and never outside.
 *
 * @param from the value that lies at {@code start}
 * @param to the value that lies at {@code end}; where it is {@code from}, every value
 * lies at {@code start}
 */
record Scale(double from, double to, double start, double end) {

	Scale {
		if (!Double.isFinite(from) || !Double.isFinite(to) || to < from) {
			throw new IllegalArgumentException("no scale goes from %s to %s".formatted(from, to));
		}
	}

	/** From one instant to another. */
	static Scale ofTime(Instant from, Instant to, double start, double end) {
		return new Scale((double) from.toEpochMilli(), (double) to.toEpochMilli(), start, end);
	}

	double at(Instant instant) {
		return at((double) instant.toEpochMilli());
	}

	double at(double value) {
		if (to == from) {
			return start;
		}
		double share = Math.max(0, Math.min(1, (value - from) / (to - from)));
		return start + share * (end - start);
	}

	/**
	 * Round values from 0 to at least {@code most}, for the lines of an axis.
	 * @param unit what steps are multiples of 1, 2 and 5 times a power of {@code base} of
	 * @param base 10 for counts and times, 1024 for bytes
	 */
	static List<Double> ticks(double most, double unit, int base) {
		double step = step(most / 4, unit, base);
		List<Double> ticks = new ArrayList<>();
		for (double tick = 0; ticks.size() < 12; tick += step) {
			ticks.add(tick);
			if (tick >= most) {
				break;
			}
		}
		return ticks;
	}

	private static double step(double wanted, double unit, int base) {
		double step = unit;
		while (step * base <= wanted) {
			step *= base;
		}
		int[] factors = (base == 1024) ? new int[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512 } : new int[] { 1, 2, 5 };
		for (int factor : factors) {
			if (step * factor >= wanted) {
				return step * factor;
			}
		}
		return step * base;
	}

}
