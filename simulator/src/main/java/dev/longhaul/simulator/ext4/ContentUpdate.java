package dev.longhaul.simulator.ext4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Brings the content of a file in the image up to date where its blocks already are, as a
 * kernel does when a database writes into its own file.
 */
final class ContentUpdate {

	private static final int CHUNK_BLOCKS = 256;

	private static final int CHUNK = CHUNK_BLOCKS * Ext4Image.BLOCK;

	private final FileChannel image;

	private final byte[] wanted = new byte[CHUNK];

	private final byte[] present = new byte[CHUNK];

	ContentUpdate(FileChannel image) {
		this.image = image;
	}

	/**
	 * Writes what differs.
	 * @param size of the file; what it has beyond that is not looked at
	 * @return whether the content is in place now. It is not if data stands where the
	 * image has a hole, or the image has blocks beyond the end: then the file has to be
	 * written anew.
	 */
	boolean apply(FileChannel file, long size, Extents extents) throws IOException {
		long next = 0;
		for (Extents.Run run : extents.runs()) {
			if ((run.logical() + run.length() - 1) * Ext4Image.BLOCK >= size
					|| !isZero(file, next, run.logical(), size)) {
				return false;
			}
			update(file, run, size);
			next = run.logical() + run.length();
		}
		return isZero(file, next, (size + Ext4Image.BLOCK - 1) / Ext4Image.BLOCK, size);
	}

	private void update(FileChannel file, Extents.Run run, long size) throws IOException {
		for (long block = 0; block < run.length(); block += CHUNK_BLOCKS) {
			int length = (int) Math.min(CHUNK_BLOCKS, run.length() - block) * Ext4Image.BLOCK;
			long position = (run.physical() + block) * Ext4Image.BLOCK;
			read(file, (run.logical() + block) * Ext4Image.BLOCK, size, wanted, length);
			read(image, position, Long.MAX_VALUE, present, length);
			if (!Arrays.equals(wanted, 0, length, present, 0, length)) {
				Chunks.write(image, position, wanted, length);
			}
		}
	}

	private boolean isZero(FileChannel file, long fromBlock, long toBlock, long size) throws IOException {
		for (long block = fromBlock; block < toBlock; block += CHUNK_BLOCKS) {
			int length = (int) Math.min(CHUNK_BLOCKS, toBlock - block) * Ext4Image.BLOCK;
			read(file, block * Ext4Image.BLOCK, size, wanted, length);
			if (!Chunks.isZero(wanted, length)) {
				return false;
			}
		}
		return true;
	}

	/** Reads up to the end and fills the rest with zeros. */
	private static void read(FileChannel channel, long position, long end, byte[] into, int length) throws IOException {
		int wantedBytes = (int) Math.max(0, Math.min(length, end - position));
		Chunks.read(channel, position, into, wantedBytes);
		Arrays.fill(into, wantedBytes, length, (byte) 0);
	}

}
