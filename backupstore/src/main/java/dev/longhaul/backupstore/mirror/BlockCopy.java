package dev.longhaul.backupstore.mirror;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

import dev.longhaul.backupstore.format.BlockFinding;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.pipeline.BlockPipeline;
import dev.longhaul.backupstore.pipeline.BlockSink;
import dev.longhaul.backupstore.pipeline.WantedBlock;
import dev.longhaul.backupstore.verify.BlockIndex;
import dev.longhaul.backupstore.verify.FindingRecorder;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;

/**
 * Takes the blocks of a volume from the source to the destination, those that are intact.
 */
final class BlockCopy {

	private final Side destination;

	private final Healing healing;

	private final BlockPipeline fromSource;

	private final BlockPipeline fromDestination;

	private final VolumeName volume;

	private final MirrorListener listener;

	private final AtomicLong copiedBlocks = new AtomicLong();

	private final AtomicLong copiedBytes = new AtomicLong();

	private final AtomicLong healed = new AtomicLong();

	BlockCopy(Mirror.Parts parts, VolumeName volume, MirrorListener listener) {
		this.destination = parts.destination();
		this.healing = parts.settings().healing();
		this.fromSource = pipeline(parts.source(), parts);
		this.fromDestination = pipeline(parts.destination(), parts);
		this.volume = volume;
		this.listener = listener;
	}

	private static BlockPipeline pipeline(Side side, Mirror.Parts parts) {
		return new BlockPipeline(side.store(), side.layout(), parts.pause(), parts.settings().concurrency());
	}

	/** Copies the wanted blocks of an index, and notes in it what became of each. */
	void copy(BlockIndex index) throws IOException {
		for (BlockSize blockSize : BlockSize.values()) {
			if (healing == Healing.READ_BACK) {
				readBack(index, blockSize);
			}
			long wanted = index.wanted(blockSize);
			if (wanted > 0) {
				listener.planned(volume, wanted);
				fromSource.run(volume, blockSize, index.wantedBlocks(blockSize), this::put,
						new FindingRecorder(index, bytes -> listener.blockDone(volume, bytes)));
			}
		}
	}

	private void put(WantedBlock block, byte[] stored) {
		destination.store().put(destination.layout().block(volume, block.checksum()), stored);
		copiedBlocks.incrementAndGet();
		copiedBytes.addAndGet(stored.length);
	}

	/** What the destination holds damaged counts as not held. */
	private void readBack(BlockIndex index, BlockSize blockSize) throws IOException {
		long held = index.held(blockSize);
		if (held > 0) {
			listener.planned(volume, held);
			fromDestination.run(volume, blockSize, index.heldBlocks(blockSize), new DamageSeeker(index));
		}
	}

	/** Blocks that were put into the destination. */
	Load copied() {
		return new Load(copiedBlocks.get(), new ByteSize(copiedBytes.get()));
	}

	/** Blocks that were found damaged in the destination. */
	long healed() {
		return healed.get();
	}

	/** Lets go of every held block that is not intact. */
	private final class DamageSeeker implements BlockSink {

		private final BlockIndex index;

		DamageSeeker(BlockIndex index) {
			this.index = index;
		}

		@Override
		public void read(WantedBlock block, long storedSize, BlockFinding finding) {
			if (!(finding instanceof BlockFinding.Intact)) {
				letGo(block);
			}
			listener.blockDone(volume, storedSize);
		}

		@Override
		public void missing(WantedBlock block) {
			letGo(block);
			listener.blockDone(volume, 0);
		}

		private void letGo(WantedBlock block) {
			index.letGo(block.number());
			healed.incrementAndGet();
		}

	}

}
