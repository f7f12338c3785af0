package dev.longhaul.core.volume;

import java.util.Locale;

/**
 * A number of bytes, never negative. Prints itself for people in binary units.
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

	public static final ByteSize ZERO = new ByteSize(0);

	private static final String[] UNITS = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };

	public ByteSize {
		if (bytes < 0) {
			throw new IllegalArgumentException("a size is never negative: " + bytes);
		}
	}

	public static ByteSize ofKibibytes(long kibibytes) {
		return new ByteSize(Math.multiplyExact(kibibytes, 1024L));
	}

	public static ByteSize ofMebibytes(long mebibytes) {
		return new ByteSize(Math.multiplyExact(mebibytes, 1024L * 1024));
	}

	public ByteSize plus(ByteSize other) {
		return new ByteSize(Math.addExact(bytes, other.bytes));
	}

	@Override
	public int compareTo(ByteSize other) {
		return Long.compare(bytes, other.bytes);
	}

	/** For people: {@code 0 B}, {@code 18.2 MiB}, {@code 412 GiB}. */
	@Override
	public String toString() {
		int unit = 0;
		double value = bytes;
		while (value >= 1024 && unit < UNITS.length - 1) {
			value /= 1024;
			unit++;
		}
		String format = (unit == 0 || value >= 100 || value == Math.rint(value)) ? "%.0f %s" : "%.1f %s";
		return String.format(Locale.ROOT, format, value, UNITS[unit]);
	}

}
