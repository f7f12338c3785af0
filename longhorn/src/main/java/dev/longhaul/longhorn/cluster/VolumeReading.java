package dev.longhaul.longhorn.cluster;

import java.time.Instant;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Robustness;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.core.volume.VolumeState;
import dev.longhaul.longhorn.crd.VolumeSpec;
import dev.longhaul.longhorn.crd.VolumeStatus;
import dev.longhaul.longhorn.crd.volumestatus.KubernetesStatus;
import org.jspecify.annotations.Nullable;

/**
 * Longhorn's Volume objects, read.
 */
final class VolumeReading {

	private VolumeReading() {
	}

	/**
	 * @throws IllegalArgumentException if the object has no usable name, size or creation
	 * time: without them nothing true can be said about the volume
	 */
	static Volume read(dev.longhaul.longhorn.crd.Volume wire) {
		VolumeName name = new VolumeName(Wire.name(wire));
		VolumeSpec spec = (wire.getSpec() != null) ? wire.getSpec() : new VolumeSpec();
		VolumeStatus status = (wire.getStatus() != null) ? wire.getStatus() : new VolumeStatus();
		Instant createdAt = Wire.instant(wire.getMetadata().getCreationTimestamp());
		if (createdAt == null) {
			throw new IllegalArgumentException("the volume has no creation time");
		}
		return new Volume(name, Wire.size(spec.getSize()), actualSize(status.getActualSize()), state(wire, status),
				robustness(Wire.text(status.getRobustness())), replicas(spec.getNumberOfReplicas()),
				liveClaim(status.getKubernetesStatus()),
				Wire.either(spec.getBackupTargetName(), LonghornVolumeCluster.DEFAULT_TARGET),
				Boolean.TRUE.equals(status.getRestoreRequired()), createdAt);
	}

	static VolumeState state(dev.longhaul.longhorn.crd.Volume wire, VolumeStatus status) {
		if (Wire.isBeingDeleted(wire)) {
			return VolumeState.DELETING;
		}
		return switch (Wire.text(status.getState())) {
			case "creating" -> VolumeState.CREATING;
			case "attached" -> VolumeState.ATTACHED;
			case "detached" -> VolumeState.DETACHED;
			case "attaching" -> VolumeState.ATTACHING;
			case "detaching" -> VolumeState.DETACHING;
			case "deleting" -> VolumeState.DELETING;
			default -> VolumeState.UNKNOWN;
		};
	}

	static Robustness robustness(String word) {
		return switch (word) {
			case "healthy" -> Robustness.HEALTHY;
			case "degraded" -> Robustness.DEGRADED;
			case "faulted" -> Robustness.FAULTED;
			default -> Robustness.UNKNOWN;
		};
	}

	private static ByteSize actualSize(@Nullable Long bytes) {
		return (bytes != null && bytes > 0) ? new ByteSize(bytes) : ByteSize.ZERO;
	}

	private static int replicas(@Nullable Long count) {
		return (count != null) ? (int) Math.max(0, Math.min(Integer.MAX_VALUE, count)) : 0;
	}

	/**
	 * Longhorn keeps the names after the claim is gone and then says when it was last
	 * seen. Such a claim may meanwhile be on another volume, so it is none.
	 */
	private static @Nullable ClaimRef liveClaim(@Nullable KubernetesStatus status) {
		if (status == null || !Wire.text(status.getLastPVCRefAt()).isEmpty()) {
			return null;
		}
		String namespace = Wire.text(status.getNamespace());
		String claim = Wire.text(status.getPvcName());
		return (namespace.isBlank() || claim.isBlank()) ? null : new ClaimRef(namespace, claim);
	}

}
