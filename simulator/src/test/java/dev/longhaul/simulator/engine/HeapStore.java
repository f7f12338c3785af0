package dev.longhaul.simulator.engine;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectKeys;
import dev.longhaul.backupstore.object.ObjectPage;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StoreFacts;
import dev.longhaul.backupstore.object.StoredObject;

/** Objects on the heap. */
final class HeapStore implements ObjectStore {

	private final Map<String, Entry> objects = new ConcurrentSkipListMap<>(Comparator.naturalOrder());

	Map<String, Entry> objects() {
		return objects;
	}

	@Override
	public String describe() {
		return "heap";
	}

	@Override
	public ObjectPage list(String prefix, String startAfter) {
		List<ObjectInfo> found = objects.entrySet()
			.stream()
			.filter(entry -> entry.getKey().startsWith(prefix) && entry.getKey().compareTo(startAfter) > 0)
			.limit(1001)
			.map(entry -> info(entry.getKey(), entry.getValue()))
			.toList();
		return new ObjectPage(found.subList(0, Math.min(1000, found.size())), found.size() > 1000);
	}

	@Override
	public Optional<ObjectInfo> find(String key) {
		return Optional.ofNullable(objects.get(key)).map(entry -> info(key, entry));
	}

	@Override
	public Optional<StoredObject> open(String key) {
		return Optional.ofNullable(objects.get(key))
			.map(entry -> new StoredObject(info(key, entry), new ByteArrayInputStream(entry.content())));
	}

	@Override
	public void put(String key, byte[] content) {
		objects.put(ObjectKeys.require(key), new Entry(content.clone()));
	}

	@Override
	public void delete(Collection<String> keys) {
		keys.forEach(objects::remove);
	}

	@Override
	public StoreFacts examine() {
		return new StoreFacts(Instant.now(), StoreFacts.ObjectLock.UNLOCKED, "it is a heap");
	}

	@Override
	public void close() {
	}

	private static ObjectInfo info(String key, Entry entry) {
		return new ObjectInfo(key, entry.content().length, entry.modified);
	}

	/** An object. */
	static final class Entry {

		private final byte[] content;

		private final Instant modified = Instant.now();

		private Entry(byte[] content) {
			this.content = content;
		}

		byte[] content() {
			return content;
		}

	}

}
