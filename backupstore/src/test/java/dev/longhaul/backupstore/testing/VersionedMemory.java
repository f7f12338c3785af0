package dev.longhaul.backupstore.testing;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectKeys;
import dev.longhaul.backupstore.object.ObjectPage;
import dev.longhaul.backupstore.object.ObjectVersion;
import dev.longhaul.backupstore.object.ObjectVersion.Kind;
import dev.longhaul.backupstore.object.StoreFacts;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.object.VersionPage;
import dev.longhaul.backupstore.object.VersionedStore;

/**
 * A bucket in memory that keeps versions, by the clock of a test and in pages of the size
 * a test wants.
 */
public final class VersionedMemory implements VersionedStore {

	private final NavigableMap<String, List<Version>> keys = new TreeMap<>(ObjectKeys.ORDER);

	private final Map<ObjectVersion.Id, String> locked = new HashMap<>();

	private final Clock clock;

	private final int pageSize;

	private int ids;

	public VersionedMemory(Clock clock, int pageSize) {
		this.clock = clock;
		this.pageSize = pageSize;
	}

	@Override
	public String describe() {
		return "versions in memory";
	}

	/** All versions of a key, newest first. */
	public synchronized List<ObjectVersion> versionsOf(String key) {
		return listed(key, keys.getOrDefault(key, List.of()));
	}

	/** From now on a version cannot be deleted. */
	public void lock(ObjectVersion.Id id, String reason) {
		locked.put(id, reason);
	}

	@Override
	public synchronized ObjectPage list(String prefix, String startAfter) {
		List<ObjectInfo> objects = keys.keySet()
			.stream()
			.filter(key -> key.startsWith(prefix) && ObjectKeys.ORDER.compare(key, startAfter) > 0)
			.flatMap(key -> find(key).stream())
			.toList();
		boolean truncated = objects.size() > 1000;
		return new ObjectPage(truncated ? objects.subList(0, 1000) : objects, truncated);
	}

	@Override
	public synchronized Optional<ObjectInfo> find(String key) {
		return current(key).map(version -> new ObjectInfo(key, version.content().length, version.lastModified()));
	}

	@Override
	public synchronized Optional<StoredObject> open(String key) {
		return find(key).flatMap(info -> current(key)
			.map(version -> new StoredObject(info, new ByteArrayInputStream(version.content()))));
	}

	private Optional<Version> current(String key) {
		ObjectKeys.require(key);
		List<Version> versions = keys.getOrDefault(key, List.of());
		return versions.isEmpty() ? Optional.empty()
				: Optional.of(versions.get(0)).filter(version -> version.kind() == Kind.CONTENT);
	}

	/** As it is listed of what came before the bucket kept versions. */
	public void putWithoutId(String key, byte[] content) {
		add(key, new Version("null", Kind.CONTENT, clock.instant(), content.clone()));
	}

	@Override
	public synchronized void put(String key, byte[] content) {
		ObjectKeys.require(key);
		add(key, new Version("v" + ++ids, Kind.CONTENT, clock.instant(), content.clone()));
	}

	@Override
	public synchronized void delete(Collection<String> names) {
		names.forEach(key -> add(key, new Version("m" + ++ids, Kind.MARK, clock.instant(), new byte[0])));
	}

	private void add(String key, Version version) {
		keys.computeIfAbsent(key, none -> new ArrayList<>()).add(0, version);
	}

	@Override
	public synchronized VersionPage listVersions(String prefix, VersionPage.Marker after) {
		List<ObjectVersion> all = new ArrayList<>();
		keys.tailMap(after.key(), true).forEach((key, versions) -> {
			if (key.startsWith(prefix)) {
				List<ObjectVersion> listed = listed(key, versions);
				boolean isMarker = key.equals(after.key());
				int from = !isMarker ? 0 : after.version().isEmpty() ? listed.size() : after(listed, after.version());
				all.addAll(listed.subList(from, listed.size()));
			}
		});
		if (all.size() <= pageSize) {
			return new VersionPage(all, null);
		}
		ObjectVersion.Id last = all.get(pageSize - 1).id();
		return new VersionPage(all.subList(0, pageSize), new VersionPage.Marker(last.key(), last.version()));
	}

	private static int after(List<ObjectVersion> listed, String version) {
		for (int i = 0; i < listed.size(); i++) {
			if (listed.get(i).id().version().equals(version)) {
				return i + 1;
			}
		}
		throw new AssertionError("a listing goes on after a version that is there no more: " + version);
	}

	private static List<ObjectVersion> listed(String key, List<Version> versions) {
		List<ObjectVersion> listed = new ArrayList<>();
		for (Version version : versions) {
			String eTag = (version.kind() == Kind.MARK) ? "" : Integer.toHexString(Arrays.hashCode(version.content()));
			listed.add(new ObjectVersion(new ObjectVersion.Id(key, version.id()), version.kind(), listed.isEmpty(),
					version.content().length, version.lastModified(), eTag));
		}
		return listed;
	}

	@Override
	public synchronized List<Refusal> deleteVersions(Collection<ObjectVersion.Id> versions) {
		List<Refusal> refusals = new ArrayList<>();
		for (ObjectVersion.Id id : versions) {
			String lock = locked.get(id);
			if (lock != null) {
				refusals.add(new Refusal(id, lock));
				continue;
			}
			List<Version> left = keys.getOrDefault(id.key(), new ArrayList<>());
			left.removeIf(version -> version.id().equals(id.version()));
			if (left.isEmpty()) {
				keys.remove(id.key());
			}
		}
		return refusals;
	}

	@Override
	public StoreFacts examine() {
		return new StoreFacts(clock.instant(), StoreFacts.ObjectLock.UNLOCKED, "versions in memory are not locked");
	}

	@Override
	public void close() {
		// Nothing is held that the garbage collector would not find.
	}

	@SuppressWarnings("ArrayRecordComponent")
	private record Version(String id, Kind kind, Instant lastModified, byte[] content) {
	}

}
