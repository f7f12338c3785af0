package dev.longhaul.backupstore.write;

import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;

import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.SnapshotName;

/**
 * The snapshot a backup is made of. It does not change while it is read. Safe for use by
 * many threads.
 */
public interface SnapshotSource {

	SnapshotName name();

	/** The size of the volume, which later restores get. */
	ByteSize volumeSize();

	/**
	 * The numbers of the blocks in which anything was ever written up to this snapshot,
	 * also where that was zeros. The others become no part of a backup.
	 */
	BitSet written(BlockSize blockSize);

	/**
	 * The numbers of the blocks written since an earlier snapshot.
	 * @return empty if that snapshot is not in the volume's chain any more, so that
	 * nobody can tell
	 */
	Optional<BitSet> writtenSince(SnapshotName base, BlockSize blockSize);

	/**
	 * Fills the array from an offset on, with zeros where nothing was written.
	 */
	void read(long offset, byte[] block) throws IOException;

}
