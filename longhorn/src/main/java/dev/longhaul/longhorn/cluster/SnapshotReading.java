package dev.longhaul.longhorn.cluster;

import dev.longhaul.core.volume.Snapshot;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.SnapshotSpec;
import dev.longhaul.longhorn.crd.SnapshotStatus;

/**
 * Longhorn's Snapshot objects, read.
 */
final class SnapshotReading {

	private SnapshotReading() {
	}

	/**
	 * @throws IllegalArgumentException if the object names no snapshot or no volume
	 */
	static Snapshot read(dev.longhaul.longhorn.crd.Snapshot wire) {
		SnapshotName name = new SnapshotName(Wire.name(wire));
		SnapshotSpec spec = (wire.getSpec() != null) ? wire.getSpec() : new SnapshotSpec();
		SnapshotStatus status = (wire.getStatus() != null) ? wire.getStatus() : new SnapshotStatus();
		boolean ready = Boolean.TRUE.equals(status.getReadyToUse()) && !Boolean.TRUE.equals(status.getMarkRemoved())
				&& !Wire.isBeingDeleted(wire);
		return new Snapshot(name, new VolumeName(Wire.text(spec.getVolume())), ready,
				Wire.instant(status.getCreationTime()), ServerText.oneLine(Wire.text(status.getError())));
	}

}
