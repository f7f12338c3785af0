package dev.longhaul.backupstore.mirror;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectPage;
import dev.longhaul.backupstore.object.ObjectUpload;
import dev.longhaul.backupstore.object.StoreFacts;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.object.StreamingStore;

/**
 * Counts the calls of a store.
 */
final class CountedStore implements StreamingStore {

	private final StreamingStore store;

	private final AtomicLong lists = new AtomicLong();

	private final AtomicLong reads = new AtomicLong();

	private final AtomicLong writes = new AtomicLong();

	private final AtomicLong deletions = new AtomicLong();

	CountedStore(StreamingStore store) {
		this.store = store;
	}

	Calls calls() {
		return new Calls(lists.get(), reads.get(), writes.get(), deletions.get());
	}

	@Override
	public String describe() {
		return store.describe();
	}

	@Override
	public ObjectPage list(String prefix, String startAfter) {
		lists.incrementAndGet();
		return store.list(prefix, startAfter);
	}

	@Override
	public Optional<ObjectInfo> find(String key) {
		reads.incrementAndGet();
		return store.find(key);
	}

	@Override
	public Optional<StoredObject> open(String key) {
		reads.incrementAndGet();
		return store.open(key);
	}

	@Override
	public void put(String key, byte[] content) {
		writes.incrementAndGet();
		store.put(key, content);
	}

	@Override
	public ObjectUpload upload(String key) {
		writes.incrementAndGet();
		return store.upload(key);
	}

	@Override
	public int giveUpUploads(String folder, Instant begunBefore) {
		lists.incrementAndGet();
		return store.giveUpUploads(folder, begunBefore);
	}

	@Override
	public void delete(Collection<String> keys) {
		deletions.incrementAndGet();
		store.delete(keys);
	}

	@Override
	public StoreFacts examine() {
		return store.examine();
	}

	@Override
	public void close() {
		store.close();
	}

}
