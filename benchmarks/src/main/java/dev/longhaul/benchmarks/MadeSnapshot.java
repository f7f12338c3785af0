package dev.longhaul.benchmarks;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;

import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.write.SnapshotSource;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.SnapshotName;

/**
 * A snapshot in which every other block cannot be compressed, as photos, and the rest
 * compresses well, as a database. No two blocks are the same, and all are the same in
 * every run.
 */
record MadeSnapshot(ByteSize volumeSize) implements SnapshotSource {

	private static final int RECORD = 64;

	@Override
	public SnapshotName name() {
		return new SnapshotName("made");
	}

	@Override
	public BitSet written(BlockSize blockSize) {
		BitSet all = new BitSet();
		all.set(0, Math.toIntExact(volumeSize.bytes() / blockSize.bytes()));
		return all;
	}

	@Override
	public Optional<BitSet> writtenSince(SnapshotName base, BlockSize blockSize) {
		return Optional.empty();
	}

	@Override
	public void read(long offset, byte[] block) {
		long number = offset / block.length;
		Random random = new Random(number);
		if (number % 2 == 0) {
			random.nextBytes(block);
			return;
		}
		byte[] row = new byte[RECORD];
		for (int at = 0; at < block.length; at += RECORD) {
			Arrays.fill(row, (byte) random.nextInt(64));
			System.arraycopy(row, 0, block, at, Math.min(RECORD, block.length - at));
		}
	}

}
