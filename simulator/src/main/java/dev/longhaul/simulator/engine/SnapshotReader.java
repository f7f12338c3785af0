package dev.longhaul.simulator.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Function;

import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.write.SnapshotSource;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.simulator.ext4.Chunks;

/**
 * A snapshot while it is uploaded. Its image stays readable even if the snapshot is
 * purged meanwhile.
 */
final class SnapshotReader implements SnapshotSource, AutoCloseable {

	private final ChainSnapshot snapshot;

	private final ByteSize volumeSize;

	private final Function<SnapshotName, Optional<BitSet>> changes;

	private final FileChannel image;

	/**
	 * @param changes the stretches written after a snapshot, up to this one
	 */
	SnapshotReader(ChainSnapshot snapshot, ByteSize volumeSize, Function<SnapshotName, Optional<BitSet>> changes)
			throws IOException {
		this.snapshot = snapshot;
		this.volumeSize = volumeSize;
		this.changes = changes;
		this.image = FileChannel.open(snapshot.image(), StandardOpenOption.READ);
	}

	@Override
	public SnapshotName name() {
		return snapshot.name();
	}

	@Override
	public ByteSize volumeSize() {
		return volumeSize;
	}

	@Override
	public BitSet written(BlockSize blockSize) {
		return blocks(snapshot.written(), blockSize);
	}

	@Override
	public Optional<BitSet> writtenSince(SnapshotName base, BlockSize blockSize) {
		return changes.apply(base).map(stretches -> blocks(stretches, blockSize));
	}

	@Override
	public void read(long offset, byte[] block) throws IOException {
		Chunks.read(image, offset, block, block.length);
	}

	@Override
	public void close() throws IOException {
		image.close();
	}

	private static BitSet blocks(BitSet stretches, BlockSize blockSize) {
		int stretchesOfBlock = blockSize.bytes() / ChainSnapshot.STRETCH;
		BitSet blocks = new BitSet();
		stretches.stream().map(stretch -> stretch / stretchesOfBlock).forEach(blocks::set);
		return blocks;
	}

}
