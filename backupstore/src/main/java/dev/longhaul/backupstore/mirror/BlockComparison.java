package dev.longhaul.backupstore.mirror;

import java.util.BitSet;

import dev.longhaul.backupstore.verify.BlockIndex;
import dev.longhaul.backupstore.verify.BlockListing.StoredBlock;
import dev.longhaul.backupstore.verify.BlockListing;
import dev.longhaul.backupstore.verify.ChecksumRange;
import dev.longhaul.backupstore.verify.ProblemKind;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Lays the listings of both sides beside each other. Both are in the order of checksums,
 * so one page of each is all that is held.
 * <p>
 * A block that the destination has under the same name and in the same size counts as
 * held. The name is the checksum of its content, and every block was checked before it
 * was put there; an object that was cut has another size. A block whose size does not fit
 * the compression that its backups declare is read even so.
 */
final class BlockComparison {

	private final Side source;

	private final Side destination;

	private final VolumeName volume;

	private Load toCopy = Load.NONE;

	private Load held = Load.NONE;

	private Load extra = Load.NONE;

	private long missing;

	BlockComparison(Side source, Side destination, VolumeName volume) {
		this.source = source;
		this.destination = destination;
		this.volume = volume;
	}

	/**
	 * Marks in the index the blocks that are held, and those the source does not have.
	 */
	void compare(ChecksumRange range, BlockIndex index) {
		BlockListing ours = new BlockListing(source.store(), source.layout(), volume, range);
		BlockListing theirs = new BlockListing(destination.store(), destination.layout(), volume, range);
		BitSet inSource = new BitSet();
		BitSet inDestination = new BitSet();
		StoredBlock our = next(ours);
		StoredBlock their = next(theirs);
		while (our != null || their != null) {
			int order = order(our, their);
			StoredBlock first = (order <= 0) ? our : their;
			int number = (first != null) ? index.find(first.checksum()) : BlockIndex.ABSENT;
			boolean used = number != BlockIndex.ABSENT && index.isUsed(number);
			if (used && order <= 0) {
				inSource.set(number);
			}
			if (used && order >= 0) {
				inDestination.set(number);
			}
			if (our != null && order <= 0) {
				countOurs(our, (order == 0) ? their : null, number, used, index);
			}
			else if (their != null && number == BlockIndex.ABSENT) {
				extra = extra.plus(their.size());
			}
			our = (order <= 0) ? next(ours) : our;
			their = (order >= 0) ? next(theirs) : their;
		}
		markMissing(index, inSource, inDestination);
	}

	private void countOurs(StoredBlock our, @Nullable StoredBlock their, int number, boolean used, BlockIndex index) {
		if (!used) {
			return;
		}
		if (their != null && their.size() == our.size() && index.fits(number, our.size())) {
			index.hold(number);
			held = held.plus(our.size());
		}
		else {
			toCopy = toCopy.plus(our.size());
		}
	}

	private void markMissing(BlockIndex index, BitSet inSource, BitSet inDestination) {
		for (int number = 0; number < index.size(); number++) {
			if (index.isUsed(number) && !inSource.get(number)) {
				missing++;
				index.recordProblem(number, 0, ProblemKind.MISSING_BLOCK, inDestination.get(number)
						? "is not in the source; the destination still has it" : "is not in the source");
			}
		}
	}

	private static int order(@Nullable StoredBlock our, @Nullable StoredBlock their) {
		if (our == null) {
			return 1;
		}
		return (their == null) ? -1 : our.checksum().compareTo(their.checksum());
	}

	private static @Nullable StoredBlock next(BlockListing blocks) {
		return blocks.hasNext() ? blocks.next() : null;
	}

	Load toCopy() {
		return toCopy;
	}

	Load held() {
		return held;
	}

	Load extra() {
		return extra;
	}

	long missing() {
		return missing;
	}

}
