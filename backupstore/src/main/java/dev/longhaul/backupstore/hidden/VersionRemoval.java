package dev.longhaul.backupstore.hidden;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.longhaul.backupstore.mirror.Load;
import dev.longhaul.backupstore.object.ObjectKeys;
import dev.longhaul.backupstore.object.ObjectVersion;
import dev.longhaul.backupstore.object.VersionListing;
import dev.longhaul.backupstore.object.VersionedStore;
import dev.longhaul.backupstore.object.VersionedStore.Refusal;
import dev.longhaul.core.volume.ByteSize;

/**
 * Deletes versions as they come, a call's worth at once, and lists what is left of their
 * keys before it counts them as gone.
 * <p>
 * The mark of a key goes last, and only once nothing but the mark was listed: what is
 * under it would be present again. A call is made only once the listing has gone on past
 * everything it deletes, so that the listing never goes on after something deleted.
 */
final class VersionRemoval implements HistoryWalk.Taker {

	private static final int AT_ONCE = 1000;

	private static final int REFUSALS_TOLD = 20;

	private final VersionedStore store;

	private final String prefix;

	private final Map<ObjectVersion.Id, Load> batch = new LinkedHashMap<>();

	private final List<ObjectVersion.Id> marks = new ArrayList<>();

	private Load removed = Load.NONE;

	private long refused;

	private final List<Refusal> refusals = new ArrayList<>();

	private boolean isDone;

	/**
	 * @param prefix below which all of it lies
	 */
	VersionRemoval(VersionedStore store, String prefix) {
		this.store = store;
		this.prefix = prefix;
	}

	@Override
	public void take(ObjectVersion hidden, ObjectVersion newer, HiddenReason reason) {
		if (!reason.goes()) {
			return;
		}
		if (batch.size() + marks.size() == AT_ONCE) {
			flush();
		}
		if (isDone) {
			return;
		}
		if (hidden.current()) {
			marks.add(hidden.id());
		}
		else {
			batch.put(hidden.id(), new Load(1, new ByteSize(hidden.size())));
		}
	}

	/** Once all of a full call was refused, so would be the others. */
	@Override
	public boolean isDone() {
		return isDone;
	}

	@Override
	public void endOfListing() {
		flush();
	}

	private void flush() {
		long before = removed.count();
		int wanted = batch.size() + marks.size();
		if (!batch.isEmpty()) {
			delete(batch);
			batch.clear();
		}
		if (!marks.isEmpty()) {
			deleteMarks();
			marks.clear();
		}
		isDone |= wanted == AT_ONCE && removed.count() == before;
	}

	private void deleteMarks() {
		Left left = new Left(marks);
		Map<ObjectVersion.Id, Load> alone = new LinkedHashMap<>();
		for (ObjectVersion.Id mark : marks) {
			if (left.versionsOf(mark.key()) == 1 && left.holds(mark)) {
				alone.put(mark, new Load(1, ByteSize.ZERO));
			}
			else if (left.holds(mark)) {
				refuse(new Refusal(mark, "something under it is still there"));
			}
			else {
				removed = removed.plus(new Load(1, ByteSize.ZERO));
			}
		}
		if (!alone.isEmpty()) {
			delete(alone);
		}
	}

	private void delete(Map<ObjectVersion.Id, Load> versions) {
		Map<ObjectVersion.Id, String> said = new HashMap<>();
		store.deleteVersions(versions.keySet()).forEach(refusal -> said.put(refusal.id(), refusal.reason()));
		Left left = new Left(versions.keySet());
		versions.forEach((id, load) -> {
			if (left.holds(id)) {
				refuse(new Refusal(id, said.getOrDefault(id, "is still listed after it was deleted")));
			}
			else {
				removed = removed.plus(load);
			}
		});
	}

	private void refuse(Refusal refusal) {
		refused++;
		if (refusals.size() < REFUSALS_TOLD) {
			refusals.add(refusal);
		}
	}

	Load removed() {
		return removed;
	}

	long refused() {
		return refused;
	}

	List<Refusal> refusals() {
		return refusals;
	}

	/** What a listing has of some keys, from the first of them to the last. */
	private final class Left {

		private final Set<ObjectVersion.Id> held = new HashSet<>();

		private final Map<String, Integer> counts = new HashMap<>();

		Left(Collection<ObjectVersion.Id> wanted) {
			TreeSet<String> keys = new TreeSet<>(ObjectKeys.ORDER);
			wanted.forEach(id -> keys.add(id.key()));
			Set<ObjectVersion.Id> ids = new HashSet<>(wanted);
			String first = keys.first();
			VersionListing listing = new VersionListing(store, prefix, first.substring(0, first.length() - 1));
			while (listing.hasNext()) {
				ObjectVersion version = listing.next();
				if (ObjectKeys.ORDER.compare(version.key(), keys.last()) > 0) {
					break;
				}
				if (keys.contains(version.key())) {
					counts.merge(version.key(), 1, Integer::sum);
				}
				if (ids.contains(version.id())) {
					held.add(version.id());
				}
			}
		}

		boolean holds(ObjectVersion.Id id) {
			return held.contains(id);
		}

		int versionsOf(String key) {
			return counts.getOrDefault(key, 0);
		}

	}

}
