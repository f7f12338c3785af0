package dev.longhaul.backupstore.memory;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectKeys;
import dev.longhaul.backupstore.object.ObjectPage;
import dev.longhaul.backupstore.object.ObjectUpload;
import dev.longhaul.backupstore.object.StoreFacts;
import dev.longhaul.backupstore.object.StoreFacts.ObjectLock;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.object.StreamingStore;

/**
 * Keeps objects in memory for as long as it is there. Closing it loses nothing.
 */
public final class InMemoryObjectStore implements StreamingStore {

	private static final int PAGE = 1000;

	private final ConcurrentNavigableMap<String, Entry> objects = new ConcurrentSkipListMap<>(ObjectKeys.ORDER);

	private final Clock clock;

	/**
	 * @param clock gives objects their time of modification
	 */
	public InMemoryObjectStore(Clock clock) {
		this.clock = clock;
	}

	@Override
	public String describe() {
		return "memory";
	}

	@Override
	public ObjectPage list(String prefix, String startAfter) {
		boolean afterPrefix = ObjectKeys.ORDER.compare(startAfter, prefix) >= 0;
		Map<String, Entry> candidates = objects.tailMap(afterPrefix ? startAfter : prefix, !afterPrefix);
		List<ObjectInfo> page = new ArrayList<>();
		for (Map.Entry<String, Entry> candidate : candidates.entrySet()) {
			if (!candidate.getKey().startsWith(prefix)) {
				break;
			}
			if (page.size() == PAGE) {
				return new ObjectPage(page, true);
			}
			page.add(candidate.getValue().info(candidate.getKey()));
		}
		return new ObjectPage(page, false);
	}

	@Override
	public Optional<ObjectInfo> find(String key) {
		return Optional.ofNullable(objects.get(ObjectKeys.require(key))).map(entry -> entry.info(key));
	}

	@Override
	public Optional<StoredObject> open(String key) {
		return Optional.ofNullable(objects.get(ObjectKeys.require(key)))
			.map(entry -> new StoredObject(entry.info(key), new ByteArrayInputStream(entry.content())));
	}

	@Override
	public void put(String key, byte[] content) {
		Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
		objects.put(ObjectKeys.require(key), new Entry(content.clone(), now));
	}

	@Override
	public ObjectUpload upload(String key) {
		ObjectKeys.require(key);
		return new MemoryUpload(content -> put(key, content));
	}

	/** What is not completed was never here. */
	@Override
	public int giveUpUploads(String folder, Instant begunBefore) {
		return 0;
	}

	@Override
	public void delete(Collection<String> keys) {
		keys.forEach(ObjectKeys::require);
		keys.forEach(objects::remove);
	}

	@Override
	public StoreFacts examine() {
		return new StoreFacts(clock.instant(), ObjectLock.UNLOCKED, "objects in memory are not locked");
	}

	@Override
	public void close() {
		// Nothing is held that the garbage collector would not find.
	}

	@SuppressWarnings("ArrayRecordComponent")
	private record Entry(byte[] content, Instant lastModified) {

		ObjectInfo info(String key) {
			return new ObjectInfo(key, content.length, lastModified);
		}

	}

}
