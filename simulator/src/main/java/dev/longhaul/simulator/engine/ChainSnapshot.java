package dev.longhaul.simulator.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.Map;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.SnapshotName;

/**
 * A snapshot in a volume's chain.
 *
 * @param userCreated false for those Longhorn takes for itself
 * @param labels given when it was asked for
 * @param image the whole device as it was
 * @param written the numbers of the 2 MiB stretches in which anything was ever written up
 * to it
 * @param changed the numbers of those written since its parent
 * @param removed whether it was deleted and only waits to be purged
 */
public record ChainSnapshot(SnapshotName name, Instant createdAt, boolean userCreated, Map<String, String> labels,
		Path image, BitSet written, BitSet changed, boolean removed) {

	/** Bytes of the stretches in which changes are tracked: Longhorn's smallest block. */
	static final int STRETCH = 2 * 1024 * 1024;

	public ChainSnapshot {
		labels = Map.copyOf(labels);
	}

	/** What it holds beyond its parent. */
	public ByteSize size() {
		return new ByteSize((long) changed.cardinality() * STRETCH);
	}

	ChainSnapshot asRemoved() {
		return new ChainSnapshot(name, createdAt, userCreated, labels, image, written, changed, true);
	}

	/** Takes over what a purged parent held. */
	ChainSnapshot withChangesOf(ChainSnapshot parent) {
		BitSet both = (BitSet) changed.clone();
		both.or(parent.changed);
		return new ChainSnapshot(name, createdAt, userCreated, labels, image, written, both, removed);
	}

}
