package dev.longhaul.backupstore.write;

import java.time.Clock;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;
import java.util.TreeMap;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.format.Lock;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.SnapshotName;
import org.jspecify.annotations.Nullable;

/**
 * One backup on its way into the target, in the order Longhorn writes it: a crash at any
 * point leaves what a crash of Longhorn leaves there.
 */
public final class BackupUpload {

	private final VolumeFiles files;

	private final BackupOrder order;

	private final SnapshotSource source;

	private final UploadProgress progress;

	private final LockPace pace;

	private final Clock clock;

	private final Pause pause;

	private volatile boolean abandoned;

	private volatile @Nullable VolumeLock lock;

	private volatile @Nullable BlockUpload blockUpload;

	BackupUpload(VolumeFiles files, BackupOrder order, SnapshotSource source, UploadProgress progress, LockPace pace,
			Clock clock, Pause pause) {
		this.files = files;
		this.order = order;
		this.source = source;
		this.progress = progress;
		this.pace = pace;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * Writes the backup. Runs once.
	 * @return its manifest as it is in the target now
	 * @throws dev.longhaul.core.failure.LonghaulException if the volume is locked by a
	 * deletion, or the target or the snapshot fails; the placeholder and the blocks put
	 * so far stay there, the lock does not
	 * @throws Interruption if it was abandoned
	 */
	public BackupManifest run() {
		VolumeLock held = VolumeLock.acquire(files, Lock.Type.BACKUP_OR_RESTORE, "backup create", pace, clock, pause);
		lock = held;
		try {
			Instant began = clock.instant();
			VolumeConfig config = config(began);
			Optional<Base> base = findBase(config);
			BitSet delta = base.map(Base::changes).orElseGet(() -> source.written(order.blockSize()));
			step();
			files.store()
				.put(manifestKey(),
						BackupManifestWriter.placeholder(order.volume(), order.backup(), config.compression()));
			BlockUpload.Outcome uploaded = upload(delta, config.compression());
			step();
			BackupManifest manifest = putManifest(began, config, base, uploaded);
			step();
			putConfig(manifest, uploaded);
			return manifest;
		}
		finally {
			if (!abandoned) {
				held.release();
			}
		}
	}

	/**
	 * Stops as a killed process does: no lock is released, no placeholder removed.
	 * Returns at once; {@link #run()} ends soon after.
	 */
	public void abandon() {
		abandoned = true;
		VolumeLock held = lock;
		if (held != null) {
			held.abandon();
		}
		BlockUpload running = blockUpload;
		if (running != null) {
			running.stop();
		}
	}

	private void step() {
		if (abandoned) {
			throw new Interruption("the upload of backup '%s' was abandoned".formatted(order.backup()));
		}
	}

	private VolumeConfig config(Instant now) {
		if (!files.hasConfig()) {
			files.putConfig(new VolumeConfig(order.volume(), source.volumeSize(), order.labels(), now, "", null, 0, "",
					"", order.compression(), order.storageClass(), "v1"));
		}
		return files.config();
	}

	/**
	 * The backup to build on: the volume's last one, if its snapshot is another one than
	 * ours and still there. Anything else means looking at every block.
	 */
	private Optional<Base> findBase(VolumeConfig config) {
		if (config.lastBackupName().isEmpty() || order.mode() == BackupMode.FULL) {
			return Optional.empty();
		}
		return files.finished(new BackupName(config.lastBackupName()))
			.filter(last -> last.manifest().blockSize() == order.blockSize()
					&& !last.manifest().snapshot().equals(source.name().value()))
			.flatMap(last -> source.writtenSince(new SnapshotName(last.manifest().snapshot()), order.blockSize())
				.map(changes -> new Base(last.blocks(), changes)));
	}

	private BlockUpload.Outcome upload(BitSet delta, CompressionMethod compression) {
		BlockUpload upload = new BlockUpload(files, order, source, progress, compression);
		blockUpload = upload;
		step();
		return upload.run(delta);
	}

	private BackupManifest putManifest(Instant began, VolumeConfig config, Optional<Base> base,
			BlockUpload.Outcome uploaded) {
		TreeMap<Long, Checksum> blocks = base.map(Base::blocks).orElseGet(TreeMap::new);
		blocks.putAll(uploaded.blocks());
		ByteSize size = new ByteSize(Math.multiplyExact((long) blocks.size(), order.blockSize().bytes()));
		BackupManifest manifest = new BackupManifest(order.backup(), order.volume(), source.name().value(), began,
				clock.instant(), size, order.labels(), order.blockSize(), base.isPresent(), config.compression(),
				new ByteSize(uploaded.newBytes()), "");
		files.store()
			.put(manifestKey(),
					BackupManifestWriter.finished(manifest, order.mode(), new ByteSize(uploaded.againBytes()), blocks));
		return manifest;
	}

	/**
	 * Read again first: a deletion may have changed it meanwhile, and the last one wins.
	 */
	private void putConfig(BackupManifest manifest, BlockUpload.Outcome uploaded) {
		VolumeConfig now = files.config();
		files.putConfig(new VolumeConfig(now.name(), source.volumeSize(), order.labels(), now.createdAt(),
				order.backup().value(), manifest.snapshotCreatedAt(), now.blockCount() + uploaded.newBlocks(),
				now.backingImage(), now.backingImageChecksum(), now.compression(), order.storageClass(),
				now.dataEngine()));
	}

	private String manifestKey() {
		return files.layout().manifest(order.volume(), order.backup());
	}

	/**
	 * What the backup builds on.
	 *
	 * @param blocks the base's whole map
	 * @param changes the blocks written since
	 */
	private record Base(TreeMap<Long, Checksum> blocks, BitSet changes) {
	}

}
