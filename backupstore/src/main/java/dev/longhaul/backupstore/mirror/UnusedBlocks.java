package dev.longhaul.backupstore.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.inventory.VolumeFolder.ManifestFile;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.backupstore.verify.BackupDraft;
import dev.longhaul.backupstore.verify.BackupSet;
import dev.longhaul.backupstore.verify.BlockIndex;
import dev.longhaul.backupstore.verify.BlockListing.StoredBlock;
import dev.longhaul.backupstore.verify.BlockListing;
import dev.longhaul.backupstore.verify.ChecksumRange;
import dev.longhaul.backupstore.write.VolumeLock;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the blocks of a volume that none of its backups names, by Longhorn's rules:
 * only if every backup is finished and could be read, and none came or went meanwhile.
 * Memory holds one index of blocks, and a thousand keys.
 */
final class UnusedBlocks {

	/** What one call deletes at most. */
	private static final int AT_ONCE = 1000;

	private final Side side;

	private final VolumeName volume;

	private final List<ManifestFile> manifests;

	private final VolumeLock lock;

	private Load deleted = Load.NONE;

	private @Nullable String left;

	/**
	 * @param manifests all that the volume has now
	 */
	UnusedBlocks(Side side, VolumeName volume, List<ManifestFile> manifests, VolumeLock lock) {
		this.side = side;
		this.volume = volume;
		this.manifests = manifests;
		this.lock = lock;
	}

	/** That were deleted. */
	Load deleted() {
		return deleted;
	}

	/**
	 * @param backups of all the manifests
	 * @return why blocks that nobody uses may be left; null if none are
	 */
	@Nullable String collect(BackupSet backups) throws IOException {
		backups.inSlices((range, index) -> {
			if (left == null) {
				left = backups.drafts().stream().allMatch(UnusedBlocks::isKnown) ? null
						: "not every other backup is finished and can be read, so its blocks stay";
			}
			if (left == null) {
				sweep(range, index);
			}
		});
		return left;
	}

	/** Whether the index of this very slice has all its blocks. */
	private static boolean isKnown(BackupDraft draft) {
		return VolumeRemoval.isSound(draft) && draft.wasReadForSlice() && !draft.hasChanged();
	}

	private void sweep(ChecksumRange range, BlockIndex index) {
		boolean any = false;
		List<StoredBlock> batch = new ArrayList<>();
		BlockListing blocks = new BlockListing(side.store(), side.layout(), volume, range);
		while (blocks.hasNext() && left == null) {
			StoredBlock block = blocks.next();
			if (!index.contains(block.checksum())) {
				batch.add(block);
			}
			if (batch.size() == AT_ONCE || (!blocks.hasNext() && !batch.isEmpty())) {
				delete(batch);
				batch.clear();
				any = true;
			}
		}
		if (any && left == null) {
			confirm(range, index);
		}
	}

	private void delete(List<StoredBlock> batch) {
		List<ManifestFile> now = new Inventory(side.store(), side.layout()).volume(volume)
			.map(VolumeFolder::manifests)
			.orElse(List.of());
		if (!now.equals(manifests)) {
			left = "a backup came or went meanwhile, so its blocks stay";
			return;
		}
		lock.requireHeld();
		side.store().delete(batch.stream().map(block -> side.layout().block(volume, block.checksum())).toList());
		for (StoredBlock block : batch) {
			deleted = deleted.plus(block.size());
		}
	}

	private void confirm(ChecksumRange range, BlockIndex index) {
		BlockListing blocks = new BlockListing(side.store(), side.layout(), volume, range);
		while (blocks.hasNext()) {
			if (!index.contains(blocks.next().checksum())) {
				left = "blocks were deleted, and are still there";
				return;
			}
		}
	}

}
