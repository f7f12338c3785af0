package dev.longhaul.longhorn.cluster;

import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.cluster.StorageNode;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.longhorn.crd.Node;
import dev.longhaul.longhorn.crd.nodespec.Disks;
import dev.longhaul.longhorn.crd.nodestatus.DiskStatus;
import org.jspecify.annotations.Nullable;

/**
 * Longhorn's Node objects, as far as replicas can be put on them.
 */
final class StorageNodeReading {

	private StorageNodeReading() {
	}

	/** Empty if it is not to hold new replicas, or cannot. */
	static Optional<StorageNode> read(Node wire) {
		if (wire.getSpec() == null || wire.getStatus() == null
				|| !Boolean.TRUE.equals(wire.getSpec().getAllowScheduling()) || !isReady(wire)) {
			return Optional.empty();
		}
		Map<String, Disks> disks = (wire.getSpec().getDisks() != null) ? wire.getSpec().getDisks() : Map.of();
		Map<String, DiskStatus> status = (wire.getStatus().getDiskStatus() != null) ? wire.getStatus().getDiskStatus()
				: Map.of();
		long room = status.entrySet().stream().mapToLong(disk -> room(disks.get(disk.getKey()), disk.getValue())).sum();
		return Optional.of(new StorageNode(Wire.name(wire), new ByteSize(room)));
	}

	/** Whether Longhorn works on it. */
	static boolean isReady(Node wire) {
		return wire.getStatus() == null || wire.getStatus().getConditions() == null
				|| wire.getStatus()
					.getConditions()
					.stream()
					.filter(condition -> "Ready".equals(condition.getType()))
					.allMatch(condition -> "True".equals(condition.getStatus()));
	}

	private static long room(@Nullable Disks disk, DiskStatus status) {
		if (disk != null && Boolean.FALSE.equals(disk.getAllowScheduling())) {
			return 0;
		}
		long reserved = (disk != null && disk.getStorageReserved() != null) ? disk.getStorageReserved() : 0;
		long available = (status.getStorageAvailable() != null) ? status.getStorageAvailable() : 0;
		return Math.max(0, available - reserved);
	}

}
