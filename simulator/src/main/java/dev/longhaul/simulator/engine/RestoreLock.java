package dev.longhaul.simulator.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.Lock;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.volume.VolumeName;

/**
 * The lock an engine holds while it restores: of the type of backups, so that only
 * deletions are kept out. There is one attempt.
 */
final class RestoreLock implements AutoCloseable {

	private static final SecureRandom NAMES = new SecureRandom();

	private final ObjectStore store;

	private final BackupstoreLayout layout;

	private final VolumeName volume;

	private final EngineParts parts;

	private final String name = "lock-" + HexFormat.of().toHexDigits(NAMES.nextLong());

	private Instant refreshed = Instant.MIN;

	private RestoreLock(ObjectStore store, BackupstoreLayout layout, VolumeName volume, EngineParts parts) {
		this.store = store;
		this.layout = layout;
		this.volume = volume;
		this.parts = parts;
	}

	/**
	 * @throws TransientFailure if a deletion is under way
	 */
	static RestoreLock acquire(ObjectStore store, BackupstoreLayout layout, VolumeName volume, EngineParts parts)
			throws IOException {
		RestoreLock lock = new RestoreLock(store, layout, volume, parts);
		lock.put(false);
		try {
			parts.pause().of(parts.lockPace().settle());
			lock.requireNoDeletion();
			lock.put(true);
			return lock;
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "waiting for other locks to appear");
		}
		catch (LonghaulException ex) {
			lock.close();
			throw ex;
		}
	}

	/** Keeps it alive; to be called often while it is held. */
	synchronized void refresh() {
		if (!parts.clock().instant().isBefore(refreshed.plus(parts.lockPace().refresh()))) {
			put(true);
		}
	}

	private synchronized void put(boolean acquired) {
		refreshed = parts.clock().instant();
		store.put(key(), "{\"Name\":\"%s\",\"Type\":1,\"Acquired\":%s}".formatted(name, acquired)
			.getBytes(StandardCharsets.UTF_8));
	}

	private void requireNoDeletion() throws IOException {
		for (ObjectInfo info : store.list(layout.locksPrefix(volume), "").objects()) {
			Optional<Lock> other = info.key().equals(key()) ? Optional.empty() : read(info);
			if (other.filter(lock -> lock.type() == Lock.Type.DELETION && lock.isLive(parts.clock().instant()))
				.isPresent()) {
				throw new TransientFailure(FailureCode.TARGET_REFUSED,
						"failed to acquire lock %s when performing backup restore, please try again later"
							.formatted(key()),
						"wait until the deletion is over");
			}
		}
	}

	/** One that cannot be read counts for nothing, as in Longhorn. */
	private Optional<Lock> read(ObjectInfo info) throws IOException {
		Optional<StoredObject> found = store.open(info.key());
		if (found.isEmpty()) {
			return Optional.empty();
		}
		try (StoredObject object = found.get()) {
			return Optional.of(Lock.parse(object.content(), info.lastModified()));
		}
		catch (MalformedException ex) {
			return Optional.empty();
		}
	}

	private String key() {
		return layout.lock(volume, name);
	}

	@Override
	public void close() {
		store.delete(List.of(key()));
	}

}
