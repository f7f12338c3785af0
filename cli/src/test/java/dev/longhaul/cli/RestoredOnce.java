package dev.longhaul.cli;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.longhaul.core.volume.Volume;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.cluster.LonghornConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks, between the runs of a restore, whether each volume that was whole is still the
 * one that it was.
 */
final class RestoredOnce {

	private final Map<VolumeName, Instant> whole = new HashMap<>();

	void look(LonghornConnection there) {
		for (Volume volume : there.cluster().volumes()) {
			Instant before = whole.get(volume.name());
			assertThat(before).as("when '%s' was made", volume.name()).isIn(null, volume.createdAt());
			if (!volume.restoring() && there.restores().findVolume(volume.name()).orElseThrow().isRestored()) {
				whole.put(volume.name(), volume.createdAt());
			}
		}
	}

}
