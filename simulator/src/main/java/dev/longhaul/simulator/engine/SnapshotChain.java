package dev.longhaul.simulator.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.volume.SnapshotName;

/**
 * A volume's snapshots, oldest first; the newest is the parent of the head.
 * <p>
 * Not safe for use by several threads.
 */
final class SnapshotChain {

	private final List<ChainSnapshot> snapshots = new ArrayList<>();

	List<ChainSnapshot> snapshots() {
		return List.copyOf(snapshots);
	}

	Optional<ChainSnapshot> find(SnapshotName name) {
		return snapshots.stream().filter(snapshot -> snapshot.name().equals(name)).findAny();
	}

	Optional<ChainSnapshot> newest() {
		return snapshots.isEmpty() ? Optional.empty() : Optional.of(snapshots.get(snapshots.size() - 1));
	}

	/** Puts a snapshot on top; what waited below it to be purged can go then. */
	void add(ChainSnapshot snapshot) throws IOException {
		snapshots.add(snapshot);
		purge();
	}

	/**
	 * Deletes a snapshot. The parent of the head cannot be purged, because the head is
	 * built on it: it stays, marked, until another one is taken.
	 */
	void remove(SnapshotName name) throws IOException {
		snapshots.replaceAll(snapshot -> snapshot.name().equals(name) ? snapshot.asRemoved() : snapshot);
		purge();
	}

	/** Loses a snapshot with all that is known of it, as a broken disk does. */
	void lose(SnapshotName name) throws IOException {
		for (ChainSnapshot snapshot : find(name).stream().toList()) {
			snapshots.remove(snapshot);
			Files.deleteIfExists(snapshot.image());
		}
	}

	/**
	 * The stretches written after one snapshot, up to another.
	 * @return empty if the first is not below the second
	 */
	Optional<BitSet> writtenBetween(SnapshotName base, SnapshotName target) {
		int from = indexOf(base);
		int to = indexOf(target);
		if (from < 0 || to < 0 || from >= to) {
			return Optional.empty();
		}
		BitSet changes = new BitSet();
		snapshots.subList(from + 1, to + 1).forEach(snapshot -> changes.or(snapshot.changed()));
		return Optional.of(changes);
	}

	private int indexOf(SnapshotName name) {
		for (int i = 0; i < snapshots.size(); i++) {
			if (snapshots.get(i).name().equals(name)) {
				return i;
			}
		}
		return -1;
	}

	private void purge() throws IOException {
		for (int i = 0; i < snapshots.size() - 1;) {
			ChainSnapshot snapshot = snapshots.get(i);
			if (snapshot.removed()) {
				snapshots.set(i + 1, snapshots.get(i + 1).withChangesOf(snapshot));
				snapshots.remove(i);
				Files.deleteIfExists(snapshot.image());
			}
			else {
				i++;
			}
		}
	}

}
