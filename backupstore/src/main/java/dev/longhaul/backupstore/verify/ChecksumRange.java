package dev.longhaul.backupstore.verify;

import java.util.List;

import dev.longhaul.backupstore.format.Checksum;

/**
 * A slice of the space of checksums, by their first 64 bits. A volume with more blocks
 * than fit into memory is worked on slice by slice; checksums spread evenly.
 *
 * @param first unsigned, inclusive
 * @param last unsigned, inclusive
 */
public record ChecksumRange(long first, long last) {

	/** All of them. */
	static final ChecksumRange WHOLE = new ChecksumRange(0, -1L);

	boolean contains(Checksum checksum) {
		return Long.compareUnsigned(first, checksum.w0()) <= 0 && Long.compareUnsigned(checksum.w0(), last) <= 0;
	}

	/** Whether it cannot be divided any further. */
	boolean isSingle() {
		return first == last;
	}

	List<ChecksumRange> halves() {
		long middle = first + ((last - first) >>> 1);
		return List.of(new ChecksumRange(first, middle), new ChecksumRange(middle + 1, last));
	}

	/** Not greater than any checksum of the range. */
	public Checksum lowest() {
		return new Checksum(first, 0, 0, 0);
	}

	/** Whether a checksum lies after the range. */
	public boolean endsBefore(Checksum checksum) {
		return Long.compareUnsigned(last, checksum.w0()) < 0;
	}

}
