package dev.longhaul.restore.files;

import java.util.Comparator;
import java.util.List;

import dev.longhaul.backupstore.export.LostBlock;

/**
 * The parts of an image that the bucket did not give any more, which are zeros instead.
 */
final class LostRanges {

	private final List<LostBlock> blocks;

	/**
	 * @param blocks none overlaps another
	 */
	LostRanges(List<LostBlock> blocks) {
		this.blocks = blocks.stream().sorted(Comparator.comparingLong(LostBlock::offset)).toList();
	}

	/** How many bytes of a stretch of the image are lost. */
	long within(long offset, long length) {
		long lost = 0;
		for (int i = firstEndingAfter(offset); i < blocks.size() && blocks.get(i).offset() < offset + length; i++) {
			LostBlock block = blocks.get(i);
			lost += Math.min(offset + length, block.end()) - Math.max(offset, block.offset());
		}
		return lost;
	}

	private int firstEndingAfter(long offset) {
		int low = 0;
		int high = blocks.size();
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (blocks.get(middle).end() <= offset) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

}
