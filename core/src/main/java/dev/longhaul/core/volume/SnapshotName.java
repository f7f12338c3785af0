package dev.longhaul.core.volume;

/**
 * The name of a snapshot: of its custom resource and inside the engine.
 */
public record SnapshotName(String value) implements Comparable<SnapshotName> {

	public SnapshotName {
		StoredName.require("snapshot", value);
	}

	@Override
	public int compareTo(SnapshotName other) {
		return value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return value;
	}

}
