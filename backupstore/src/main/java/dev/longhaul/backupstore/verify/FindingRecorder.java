package dev.longhaul.backupstore.verify;

import java.util.function.LongConsumer;

import dev.longhaul.backupstore.format.BlockFinding;
import dev.longhaul.backupstore.pipeline.BlockSink;
import dev.longhaul.backupstore.pipeline.WantedBlock;

/**
 * Notes in an index what became of each block.
 */
public final class FindingRecorder implements BlockSink {

	private final BlockIndex index;

	private final LongConsumer done;

	/**
	 * @param done is told the stored bytes of each block that was read, 0 if it was not
	 * there
	 */
	public FindingRecorder(BlockIndex index, LongConsumer done) {
		this.index = index;
		this.done = done;
	}

	@Override
	public void read(WantedBlock block, long storedSize, BlockFinding finding) {
		int number = block.number();
		if (finding instanceof BlockFinding.Truncated truncated) {
			index.recordProblem(number, storedSize, ProblemKind.TRUNCATED_BLOCK, truncated.detail());
		}
		else if (finding instanceof BlockFinding.ChecksumMismatch mismatch) {
			index.recordProblem(number, storedSize, ProblemKind.CHECKSUM_MISMATCH, mismatch.detail());
		}
		else if (finding instanceof BlockFinding.Undecodable undecodable) {
			index.recordProblem(number, storedSize, ProblemKind.UNDECODABLE_BLOCK, undecodable.detail());
		}
		else if (finding instanceof BlockFinding.Intact intact) {
			index.recordIntact(number, storedSize, intact.stored());
		}
		done.accept(storedSize);
	}

	@Override
	public void missing(WantedBlock block) {
		index.recordProblem(block.number(), 0, ProblemKind.MISSING_BLOCK, "is not in the bucket");
		done.accept(0);
	}

}
