package dev.longhaul.batch.backup;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.longhaul.backupstore.memory.InMemoryObjectStore;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectPage;
import dev.longhaul.backupstore.object.ObjectUpload;
import dev.longhaul.backupstore.object.StoreFacts;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;

/**
 * A bucket that can go down.
 */
public final class MemoryBucket implements StreamingStore {

	private final InMemoryObjectStore store;

	private volatile boolean down;

	public MemoryBucket(Clock clock) {
		this.store = new InMemoryObjectStore(clock);
	}

	public void goDown() {
		down = true;
	}

	public List<String> keys() {
		List<String> keys = new ArrayList<>();
		new Listing(store, "").forEachRemaining(object -> keys.add(object.key()));
		return keys;
	}

	@Override
	public String describe() {
		return "memory://bucket";
	}

	@Override
	public ObjectPage list(String prefix, String startAfter) {
		return up().list(prefix, startAfter);
	}

	@Override
	public Optional<ObjectInfo> find(String key) {
		return up().find(key);
	}

	@Override
	public Optional<StoredObject> open(String key) {
		return up().open(key);
	}

	@Override
	public void put(String key, byte[] content) {
		up().put(key, content);
	}

	@Override
	public ObjectUpload upload(String key) {
		return up().upload(key);
	}

	@Override
	public int giveUpUploads(String folder, Instant begunBefore) {
		return up().giveUpUploads(folder, begunBefore);
	}

	@Override
	public void delete(Collection<String> keys) {
		up().delete(keys);
	}

	@Override
	public StoreFacts examine() {
		return up().examine();
	}

	@Override
	public void close() {
		store.close();
	}

	private StreamingStore up() {
		if (down) {
			throw new TransientFailure(FailureCode.TARGET_UNREACHABLE, "the bucket is down", "wait");
		}
		return store;
	}

}
