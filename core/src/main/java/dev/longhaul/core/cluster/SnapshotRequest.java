package dev.longhaul.core.cluster;

import java.util.Map;

import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;

/**
 * Please take a snapshot.
 *
 * @param labels stored with it; Longhorn allows no {@code =} in keys or values
 */
public record SnapshotRequest(SnapshotName name, VolumeName volume, Map<String, String> labels) {

	public SnapshotRequest {
		labels = Map.copyOf(labels);
		labels.forEach((key, value) -> {
			if (key.contains("=") || value.contains("=")) {
				throw new IllegalArgumentException("Longhorn allows no '=' in snapshot labels: " + key);
			}
		});
	}

}
