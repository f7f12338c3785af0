package dev.longhaul.backupstore.repair;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockFinding;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.inventory.VolumeFolder.ManifestFile;
import dev.longhaul.backupstore.mirror.Side;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.pipeline.BlockPipeline;
import dev.longhaul.backupstore.pipeline.BlockSink;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.pipeline.WantedBlock;
import dev.longhaul.backupstore.verify.BackupSet;
import dev.longhaul.backupstore.verify.BlockIndex;
import dev.longhaul.backupstore.verify.BlockListing;
import dev.longhaul.backupstore.verify.ChecksumRange;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the blocks of a backup are there, and takes those that are not out of a
 * mirror. A block of the mirror is decompressed and compared with its checksum before it
 * is put. One that is there is never replaced, whatever it holds. Memory is that of a
 * {@link BlockIndex}, and of a block for each thread.
 */
public final class BlockRepair {

	private final ObjectStore store;

	private final BackupstoreLayout layout;

	private final @Nullable Side mirror;

	private final Pause pause;

	private final Concurrency concurrency;

	/**
	 * @param mirror null if there is none: then nothing is written
	 */
	public BlockRepair(ObjectStore store, BackupstoreLayout layout, @Nullable Side mirror, Pause pause,
			Concurrency concurrency) {
		this.store = store;
		this.layout = layout;
		this.mirror = mirror;
		this.pause = pause;
		this.concurrency = concurrency;
	}

	/**
	 * Costs a list for each thousand blocks of the volume, and gets of what is missing.
	 * @param readAll whether blocks that are there are read, too, to know whether they
	 * are what they should be
	 * @throws RefusedRequest if there is no such backup
	 * @throws DamagedData if its manifest cannot be read
	 * @throws dev.longhaul.core.failure.LonghaulException if either side cannot be read
	 */
	public BlockReport repair(VolumeName volume, BackupName backup, boolean readAll) {
		BackupSet set = open(volume, backup);
		Tally tally = new Tally(volume);
		inSlices(set, (range, index) -> {
			tally.blocks += index.size();
			lookFor(volume, range, index);
			if (readAll) {
				read(volume, index, tally);
			}
			putBack(volume, index, tally);
		});
		requireReadable(set, volume, backup);
		return tally.report(readAll);
	}

	/**
	 * Whether all blocks of a backup are there by their names, and none is one of which
	 * it is known that it is not what it should be.
	 * @throws RefusedRequest if there is no such backup
	 * @throws DamagedData if its manifest cannot be read
	 */
	public boolean isWithout(VolumeName volume, BackupName backup, Set<Checksum> lost) {
		BackupSet set = open(volume, backup);
		boolean[] without = { true };
		inSlices(set, (range, index) -> {
			lookFor(volume, range, index);
			without[0] &= wanted(index) == 0 && lost.stream().noneMatch(index::contains);
		});
		requireReadable(set, volume, backup);
		return without[0];
	}

	private BackupSet open(VolumeName volume, BackupName backup) {
		ManifestFile manifest = new Inventory(store, layout).volume(volume)
			.flatMap(folder -> folder.find(backup))
			.orElseThrow(() -> new RefusedRequest(FailureCode.BACKUP_NOT_FOUND,
					"the bucket holds no backup '%s' of volume '%s' any more".formatted(backup, volume),
					"somebody deleted it; plan the restore anew"));
		return new BackupSet(store, layout, new ObjectReader(store, pause), volume, List.of(manifest),
				BlockIndex.USUAL_CAPACITY);
	}

	private static void inSlices(BackupSet set, BackupSet.Slice work) {
		try {
			set.inSlices(work);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("counting blocks does no input or output", ex);
		}
	}

	private static void requireReadable(BackupSet set, VolumeName volume, BackupName backup) {
		if (set.drafts().get(0).provable() == null) {
			throw new DamagedData(FailureCode.BACKUP_DAMAGED,
					"the manifest of backup '%s' of volume '%s' cannot be read, or is not finished".formatted(backup,
							volume),
					"'longhaul verify --volume %s' says more".formatted(volume));
		}
	}

	/** What is listed counts as held. */
	private void lookFor(VolumeName volume, ChecksumRange range, BlockIndex index) {
		new BlockListing(store, layout, volume, range).forEachRemaining(stored -> {
			int number = index.find(stored.checksum());
			if (number != BlockIndex.ABSENT) {
				index.hold(number);
			}
		});
	}

	private static long wanted(BlockIndex index) {
		long wanted = 0;
		for (BlockSize blockSize : BlockSize.values()) {
			wanted += index.wanted(blockSize);
		}
		return wanted;
	}

	private void read(VolumeName volume, BlockIndex index, Tally tally) throws IOException {
		BlockPipeline pipeline = new BlockPipeline(store, layout, pause, concurrency);
		for (BlockSize blockSize : BlockSize.values()) {
			if (index.held(blockSize) > 0) {
				pipeline.run(volume, blockSize, index.heldBlocks(blockSize), tally.ofBucket());
			}
		}
	}

	private void putBack(VolumeName volume, BlockIndex index, Tally tally) throws IOException {
		for (BlockSize blockSize : BlockSize.values()) {
			if (index.wanted(blockSize) == 0) {
				continue;
			}
			if (mirror == null) {
				index.wantedBlocks(blockSize).forEachRemaining(block -> tally.lose(block, "is not in the bucket"));
			}
			else {
				new BlockPipeline(mirror.store(), mirror.layout(), pause, concurrency).run(volume, blockSize,
						index.wantedBlocks(blockSize), (block, stored) -> put(volume, block, stored, tally),
						tally.ofMirror());
			}
		}
	}

	/** Somebody else may have put it meanwhile. */
	private void put(VolumeName volume, WantedBlock block, byte[] stored, Tally tally) {
		String key = layout.block(volume, block.checksum());
		if (store.find(key).isEmpty()) {
			store.put(key, stored);
			tally.putBack.incrementAndGet();
		}
	}

	/** Counts, from several threads. */
	private final class Tally {

		private final VolumeName volume;

		private final AtomicLong putBack = new AtomicLong();

		private final List<UnreadableBlock> lost = new ArrayList<>();

		private long blocks;

		private long lostInAll;

		Tally(VolumeName volume) {
			this.volume = volume;
		}

		BlockSink ofBucket() {
			return sink("", "is not in the bucket any more");
		}

		BlockSink ofMirror() {
			return sink("is not in the bucket, and in the mirror ", "is neither in the bucket nor in the mirror");
		}

		private BlockSink sink(String damaged, String missing) {
			return new BlockSink() {

				@Override
				public void read(WantedBlock block, long storedSize, BlockFinding finding) {
					if (!(finding instanceof BlockFinding.Intact)) {
						lose(block, damaged + finding.detail());
					}
				}

				@Override
				public void missing(WantedBlock block) {
					lose(block, missing);
				}

			};
		}

		synchronized void lose(WantedBlock block, String why) {
			lostInAll++;
			if (lost.size() < BlockReport.MAX_LOST) {
				lost.add(new UnreadableBlock(block.checksum(), layout.block(volume, block.checksum()), why));
			}
		}

		synchronized BlockReport report(boolean read) {
			return new BlockReport(blocks, read, putBack.get(), lost, lostInAll);
		}

	}

}
