package dev.longhaul.core.volume;

/**
 * The name of a Longhorn volume, in the cluster and in the backupstore.
 */
public record VolumeName(String value) implements Comparable<VolumeName> {

	public VolumeName {
		StoredName.require("volume", value);
	}

	@Override
	public int compareTo(VolumeName other) {
		return value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return value;
	}

}
