package dev.longhaul.backupstore.format;

/**
 * Checks the offsets of a list of blocks while it streams by, before the block size is
 * known: the parameters may come after the list.
 */
final class BlockListCheck {

	private long count;

	private long previous = -1;

	/** Of the bits of all offsets; block sizes are powers of two. */
	private long union;

	private String disorder = "";

	void add(long offset) {
		count++;
		union |= offset;
		if (offset <= previous && disorder.isEmpty()) {
			disorder = "offset %d follows offset %d".formatted(offset, previous);
		}
		previous = Math.max(previous, offset);
	}

	BlockListFacts facts(BlockSize blockSize) {
		if (count == 0) {
			return new BlockListFacts(0, 0, "");
		}
		if (previous > Long.MAX_VALUE - blockSize.bytes()) {
			return new BlockListFacts(count, Long.MAX_VALUE, "offset %d is beyond any volume".formatted(previous));
		}
		boolean aligned = (union & (blockSize.bytes() - 1L)) == 0;
		String fault = aligned ? disorder
				: "an offset is not a multiple of the block size %d".formatted(blockSize.bytes());
		return new BlockListFacts(count, previous + blockSize.bytes(), fault);
	}

}
