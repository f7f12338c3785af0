package dev.longhaul.simulator.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.longhaul.backupstore.write.BackupOrder;
import dev.longhaul.backupstore.write.BackupstoreWriter;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.simulator.ext4.Ext4Image;
import dev.longhaul.simulator.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A v1 engine of one volume with all its replicas.
 * <p>
 * The live volume is a directory: real programs may work in it. A snapshot is a real ext4
 * image of it.
 */
public final class SimulatedEngine {

	/** Longhorn's own limit. */
	private static final int MAX_SNAPSHOTS = 250;

	private final VolumeName volume;

	private final ByteSize size;

	private final Path directory;

	private final EngineParts parts;

	private final Ext4Image head;

	private final SnapshotChain chain = new SnapshotChain();

	private final Map<BackupName, EngineUpload> uploads = new ConcurrentHashMap<>();

	private final Runnable changed;

	private volatile boolean running;

	private volatile @Nullable EngineRestore restore;

	/**
	 * @param changed runs after every change
	 */
	SimulatedEngine(VolumeName volume, ByteSize size, Path directory, EngineParts parts, Runnable changed)
			throws IOException {
		this.changed = changed;
		this.volume = volume;
		this.size = size;
		this.directory = directory;
		this.parts = parts;
		Files.createDirectories(files());
		Files.createDirectories(directory.resolve("snapshots"));
		String uuid = UUID.nameUUIDFromBytes(volume.value().getBytes(StandardCharsets.UTF_8)).toString();
		this.head = new Ext4Image(directory.resolve("head.img"), size, uuid, parts.clock());
	}

	public VolumeName volume() {
		return volume;
	}

	public ByteSize size() {
		return size;
	}

	/** The directory that is the volume's filesystem while it is mounted. */
	public Path files() {
		return directory.resolve("files");
	}

	public boolean isRunning() {
		return running;
	}

	public void start() {
		if (!running) {
			running = true;
			changed.run();
		}
	}

	/** Ends everything under way, as closing a volume does. */
	public void stop() {
		if (running) {
			running = false;
			uploads.values().forEach(EngineUpload::abandon);
			uploads.clear();
			EngineRestore restoring = restore;
			if (restoring != null) {
				restoring.abandon();
				restore = null;
			}
			changed.run();
		}
	}

	/** The oldest first. */
	public synchronized List<ChainSnapshot> snapshots() {
		return chain.snapshots();
	}

	public synchronized Optional<ChainSnapshot> findSnapshot(SnapshotName name) {
		return chain.find(name);
	}

	/**
	 * Takes a snapshot of the files as they are now.
	 * @throws EngineUnreachable if the engine does not run
	 * @throws RefusedRequest if there are too many snapshots or one of that name
	 */
	public synchronized ChainSnapshot takeSnapshot(SnapshotName name, Map<String, String> labels)
			throws EngineUnreachable, IOException {
		requireRunning("create snapshot");
		if (chain.find(name).isPresent()) {
			throw new RefusedRequest(FailureCode.SNAPSHOT_FAILED,
					"failed to create snapshot %s: snapshot already exists".formatted(name), "take another name");
		}
		if (chain.snapshots().size() >= MAX_SNAPSHOTS) {
			throw new RefusedRequest(FailureCode.SNAPSHOT_FAILED,
					"failed to create snapshot %s: too many snapshots created".formatted(name),
					"delete some of the %d there are".formatted(MAX_SNAPSHOTS));
		}
		Instant now = parts.clock().instant();
		parts.freeze().during(files(), () -> head.update(files()));
		Path image = directory.resolve("snapshots").resolve(name + ".img");
		SnapshotImages.Copied copied = new SnapshotImages(head, size).copy(image, chain.newest());
		ChainSnapshot snapshot = new ChainSnapshot(name, now, true, labels, image, copied.written(), copied.changed(),
				false);
		chain.add(snapshot);
		changed.run();
		return snapshot;
	}

	/** Deletes a snapshot, at once or as soon as another one is taken. */
	public synchronized void removeSnapshot(SnapshotName name) throws EngineUnreachable, IOException {
		requireRunning("delete snapshot");
		chain.remove(name);
		changed.run();
	}

	/** Loses a snapshot, as {@link Fault.SnapshotLost} wants it. */
	public synchronized void loseSnapshot(SnapshotName name) throws IOException {
		chain.lose(name);
		changed.run();
	}

	/** What the volume occupies in one replica, snapshots included. */
	public synchronized ByteSize actualSize() {
		return chain.snapshots().stream().map(ChainSnapshot::size).reduce(ByteSize.ZERO, ByteSize::plus);
	}

	/**
	 * Begins a backup; its order's volume is this one.
	 * @throws EngineUnreachable if the engine does not run, or has no such snapshot
	 */
	public synchronized void startBackup(BackupOrder order, SnapshotName snapshot, Target target)
			throws EngineUnreachable, IOException {
		requireRunning("create backup");
		ChainSnapshot source = chain.find(snapshot)
			.orElseThrow(() -> new EngineUnreachable(
					"failed to create backup %s: cannot find snapshot %s".formatted(order.backup(), snapshot)));
		EngineUpload upload = new EngineUpload(order, new SnapshotReader(source, size, base -> between(base, snapshot)),
				target, parts, this::stop);
		uploads.put(order.backup(), upload);
		parts.uploads().execute(upload::run);
	}

	/**
	 * How far a backup is that this engine makes or made.
	 * @throws EngineUnreachable if the engine does not run, does not know the backup (any
	 * more), or does not answer
	 */
	public BackupStatus backup(BackupName name) throws EngineUnreachable {
		requireRunning("get backup status");
		EngineUpload upload = uploads.get(name);
		if (upload == null) {
			throw new EngineUnreachable("failed to get backup status: cannot find backup " + name);
		}
		return upload.status();
	}

	/**
	 * Begins to restore a backup, in place of what the volume holds.
	 * @throws EngineUnreachable if the engine does not run
	 */
	public synchronized void startRestore(RestoreOrder order, Target target) throws EngineUnreachable {
		requireRunning("restore backup");
		int failing = parts.faults()
			.strike(Fault.RestoreFails.class, fault -> fault.volume().equals(volume))
			.map(Fault.RestoreFails::replicas)
			.orElse(0);
		String name = UUID.randomUUID().toString();
		Path image = directory.resolve("snapshots").resolve(name + ".img");
		EngineRestore begun = new EngineRestore(order, image, target, parts, failing,
				written -> adopt(new SnapshotName(name), image, written), changed);
		restore = begun;
		parts.uploads().execute(begun::run);
	}

	/** The restore it does or did; empty if there is none since it started. */
	public Optional<RestoreStatus> restore() {
		return Optional.ofNullable(restore).map(EngineRestore::status);
	}

	/**
	 * The restored device becomes the only snapshot, and its files those of the volume.
	 */
	private synchronized void adopt(SnapshotName name, Path image, BitSet written) throws IOException {
		for (ChainSnapshot old : chain.snapshots()) {
			chain.lose(old.name());
		}
		head.adopt(image, files());
		chain.add(new ChainSnapshot(name, parts.clock().instant(), false, Map.of(), image, written, written, false));
	}

	/**
	 * What the device holds now. One that was restored and not written to since holds
	 * what the backup held.
	 */
	public synchronized ContentHash contentHash() throws IOException {
		parts.freeze().during(files(), () -> head.update(files()));
		return ContentHash.of(head.path(), size);
	}

	/** Whether it makes that backup, or made it and was not told to forget it. */
	public boolean knowsBackup(BackupName name) {
		return uploads.containsKey(name);
	}

	/** Forgets a backup that is done. */
	public void forget(BackupName name) {
		uploads.remove(name);
	}

	/**
	 * Deletes a backup from a target; any engine can do that for any volume.
	 * @throws dev.longhaul.core.failure.LonghaulException if it is locked, or the target
	 * fails
	 */
	public static void deleteBackup(Target target, VolumeName volume, BackupName backup, EngineParts parts) {
		UploadStore store = new UploadStore(target, volume, parts.faults(), parts.pause(), "", () -> {
		});
		parts.faults()
			.strike(Fault.DeletionBreaks.class, fault -> fault.volume().equals(volume))
			.ifPresent(fault -> store.lose());
		new BackupstoreWriter(store, target.layout(), parts.lockPace(), parts.clock(), parts.pause()).delete(volume,
				backup);
	}

	private synchronized Optional<BitSet> between(SnapshotName base, SnapshotName target) {
		return chain.writtenBetween(base, target);
	}

	private void requireRunning(String what) throws EngineUnreachable {
		if (!running) {
			throw new EngineUnreachable(
					"failed to %s: rpc error: code = Unavailable desc = the engine of volume %s is not running"
						.formatted(what, volume));
		}
	}

}
