package dev.longhaul.backupstore.verify;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

import dev.longhaul.backupstore.format.BlockConsumer;
import dev.longhaul.backupstore.format.Checksum;

/**
 * Picks the entries of a manifest whose blocks are damaged.
 */
final class DamagedEntries implements BlockConsumer {

	private final BlockIndex index;

	private final BitSet damaged;

	private final Map<Integer, Long> firstOffsets = new HashMap<>();

	private final Map<Integer, Long> counts = new HashMap<>();

	/**
	 * @param damaged numbers of blocks in the index
	 */
	DamagedEntries(BlockIndex index, BitSet damaged) {
		this.index = index;
		this.damaged = damaged;
	}

	/** Forgets what came in so far. */
	BlockConsumer startOver() {
		firstOffsets.clear();
		counts.clear();
		return this;
	}

	@Override
	public void accept(long offset, Checksum checksum) {
		int number = index.find(checksum);
		if (number != BlockIndex.ABSENT && damaged.get(number)) {
			firstOffsets.putIfAbsent(number, offset);
			counts.merge(number, 1L, Long::sum);
		}
	}

	/** How many entries name a damaged block. */
	long count(int number) {
		return counts.getOrDefault(number, 0L);
	}

	/** Where a damaged block lies in the volume, for people. */
	String place(int number) {
		Long first = firstOffsets.get(number);
		if (first == null) {
			return "";
		}
		long more = count(number) - 1;
		return (more == 0) ? " (offset %d of the volume)".formatted(first)
				: " (offset %d of the volume, and %d more)".formatted(first, more);
	}

}
