package dev.longhaul.restore.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.memory.InMemoryObjectStore;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.write.BackupMode;
import dev.longhaul.backupstore.write.BackupOrder;
import dev.longhaul.backupstore.write.BackupstoreWriter;
import dev.longhaul.backupstore.write.LockPace;
import dev.longhaul.backupstore.write.SnapshotSource;
import dev.longhaul.backupstore.write.UploadProgress;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;

/**
 * A bucket with backups of images.
 */
final class StoredImages {

	static final BackupstoreLayout LAYOUT = new BackupstoreLayout("");

	private final InMemoryObjectStore store = new InMemoryObjectStore(Clock.systemUTC());

	InMemoryObjectStore store() {
		return store;
	}

	/** Backs an image up, whole. */
	VolumeOrder put(String claim, String backup, Path image) throws IOException {
		ClaimRef ref = ClaimRef.parse("media/" + claim);
		VolumeName volume = new VolumeName("pvc-" + claim);
		new BackupstoreWriter(store, LAYOUT, new LockPace(Duration.ZERO, Duration.ofMinutes(1)), Clock.systemUTC(),
				Pause.real())
			.backup(new BackupOrder(volume, new BackupName(backup), BackupMode.FULL, BlockSize.MIB_2,
					CompressionMethod.LZ4, Map.of(), "", 2), new Image(image), UploadProgress.NONE)
			.run();
		return new VolumeOrder(new ApplicationName("media"), LocalName.of(ref), ref, volume, new BackupName(backup),
				Instant.parse("2026-11-22T02:30:00Z"));
	}

	/** The keys of all blocks. */
	List<String> blocks() {
		List<String> keys = new ArrayList<>();
		new Listing(store, "").forEachRemaining(object -> keys.add(object.key()));
		return keys.stream().filter(key -> key.endsWith(".blk")).toList();
	}

	private record Image(Path file) implements SnapshotSource {

		@Override
		public SnapshotName name() {
			return new SnapshotName("snapshot-1");
		}

		@Override
		public ByteSize volumeSize() {
			return new ByteSize(file.toFile().length());
		}

		@Override
		public BitSet written(BlockSize blockSize) {
			BitSet all = new BitSet();
			all.set(0, (int) (file.toFile().length() / blockSize.bytes()));
			return all;
		}

		@Override
		public Optional<BitSet> writtenSince(SnapshotName base, BlockSize blockSize) {
			return Optional.empty();
		}

		@Override
		public void read(long offset, byte[] block) throws IOException {
			try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "r")) {
				image.seek(offset);
				image.readFully(block);
			}
		}

	}

}
