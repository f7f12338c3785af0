package dev.longhaul.backupstore.pipeline;

import dev.longhaul.backupstore.format.BlockDecoder;
import dev.longhaul.backupstore.format.BlockSize;

/**
 * How many blocks are worked on at once.
 *
 * @param threads as many as asked for, 1 to 256; fewer run if the heap is too small for
 * their buffers
 */
public record Concurrency(int threads) {

	/** Enough to keep two cores and a connection of 1 Gbit/s busy. */
	public static final Concurrency DEFAULT = new Concurrency(8);

	/**
	 * The buffers of an LZ4 frame: one frame block compressed and one not, 4 MiB each.
	 */
	private static final long FRAME_BUFFERS = 8L * 1024 * 1024;

	public Concurrency {
		if (threads < 1 || threads > 256) {
			throw new IllegalArgumentException("the number of threads is 1 to 256, not " + threads);
		}
	}

	/** Threads whose buffers together take at most half of the heap, and at least one. */
	int within(long heap, BlockSize blockSize) {
		long perThread = BlockDecoder.maxStoredSize(blockSize) + blockSize.bytes() + FRAME_BUFFERS;
		return (int) Math.max(1, Math.min(threads, heap / 2 / perThread));
	}

}
