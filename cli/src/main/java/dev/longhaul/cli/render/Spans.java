package dev.longhaul.cli.render;

import java.time.Duration;
import java.util.Locale;

import dev.longhaul.core.volume.ByteSize;

/**
 * Durations and rates as people say them.
 */
public final class Spans {

	private Spans() {
	}

	/**
	 * {@code 0.4 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 2 h 5 min},
	 * {@code 3 d 4 h}.
	 */
	public static String of(Duration duration) {
		long seconds = duration.toSeconds();
		if (seconds < 10) {
			return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
		}
		if (seconds < 60) {
			return seconds + " s";
		}
		if (seconds < 3600) {
			return two(seconds / 60, "min", seconds % 60, "s");
		}
		if (duration.toHours() < 24) {
			return two(duration.toHours(), "h", duration.toMinutesPart(), "min");
		}
		return two(duration.toDays(), "d", duration.toHoursPart(), "h");
	}

	/** To the second: {@code 1 s}, {@code 12 s}, {@code 3 min 20 s}. */
	public static String coarse(Duration duration) {
		return (duration.toSeconds() < 10) ? duration.toSeconds() + " s" : of(duration);
	}

	/** {@code 96 MiB/s}; {@code –} where nothing was moved or no time passed. */
	public static String rate(long bytes, Duration duration) {
		if (bytes <= 0 || duration.toMillis() <= 0) {
			return Times.UNKNOWN;
		}
		return new ByteSize((long) (bytes * 1000.0 / duration.toMillis())) + "/s";
	}

	private static String two(long large, String largeUnit, long small, String smallUnit) {
		return (small == 0) ? large + " " + largeUnit : large + " " + largeUnit + " " + small + " " + smallUnit;
	}

}
