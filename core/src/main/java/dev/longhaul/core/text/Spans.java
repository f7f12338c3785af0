package dev.longhaul.core.text;

import java.time.Duration;
import java.util.Locale;

import dev.longhaul.core.volume.ByteSize;

/**
 * Durations and rates as people say them.
 */
public final class Spans {

	/** Hours are told up to here: the goal of most backups is a day. */
	private static final int MOST_HOURS = 48;

	private Spans() {
	}

	/**
	 * {@code 0.4 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 24 h 5 min},
	 * {@code 3 d 4 h}; {@code 0.0 s} for one that is negative, as between two clocks.
	 */
	public static String of(Duration duration) {
		long seconds = Math.max(0, duration.toSeconds());
		if (seconds < 10) {
			long tenths = Math.max(0, duration.toMillis()) / 100;
			return String.format(Locale.ROOT, "%d.%d s", tenths / 10, tenths % 10);
		}
		if (seconds < 60) {
			return seconds + " s";
		}
		if (seconds < 3600) {
			return two(seconds / 60, "min", seconds % 60, "s");
		}
		if (duration.toHours() < MOST_HOURS) {
			return two(duration.toHours(), "h", duration.toMinutesPart(), "min");
		}
		return two(duration.toDays(), "d", duration.toHoursPart(), "h");
	}

	/** To the second: {@code 1 s}, {@code 12 s}, {@code 3 min 20 s}. */
	public static String coarse(Duration duration) {
		return (duration.toSeconds() < 10) ? Math.max(0, duration.toSeconds()) + " s" : of(duration);
	}

	/** {@code 96 MiB/s}; {@code –} where nothing was moved or no time passed. */
	public static String rate(long bytes, Duration duration) {
		if (bytes <= 0 || duration.toMillis() <= 0) {
			return "–";
		}
		return new ByteSize((long) (bytes * 1000.0 / duration.toMillis())) + "/s";
	}

	private static String two(long large, String largeUnit, long small, String smallUnit) {
		return (small == 0) ? large + " " + largeUnit : large + " " + largeUnit + " " + small + " " + smallUnit;
	}

}
