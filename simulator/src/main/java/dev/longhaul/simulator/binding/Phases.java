package dev.longhaul.simulator.binding;

import java.util.Map;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatusBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * The phases of volumes and claims, written only when they are others than before.
 */
record Phases(KubernetesClient client) {

	static final String AVAILABLE = "Available";

	static final String BOUND = "Bound";

	static final String LOST = "Lost";

	static final String PENDING = "Pending";

	static final String RELEASED = "Released";

	private static final String STORAGE = "storage";

	static String of(PersistentVolume volume) {
		return (volume.getStatus() != null) ? Objects.requireNonNullElse(volume.getStatus().getPhase(), "") : "";
	}

	static String of(PersistentVolumeClaim claim) {
		return (claim.getStatus() != null) ? Objects.requireNonNullElse(claim.getStatus().getPhase(), "") : "";
	}

	PersistentVolume set(PersistentVolume volume, String phase) {
		if (of(volume).equals(phase)) {
			return volume;
		}
		volume.setStatus(new PersistentVolumeStatusBuilder().withPhase(phase).build());
		return client.resource(volume).updateStatus();
	}

	/** For a claim without a volume. */
	void set(PersistentVolumeClaim claim, String phase) {
		if (!of(claim).equals(phase)) {
			claim.setStatus(new PersistentVolumeClaimStatusBuilder().withPhase(phase).build());
			client.resource(claim).updateStatus();
		}
	}

	/** A bound claim says what it got, which may be more than it asked for. */
	void setBound(PersistentVolumeClaim claim, PersistentVolume volume) {
		if (!of(claim).equals(BOUND)) {
			claim.setStatus(new PersistentVolumeClaimStatusBuilder().withPhase(BOUND)
				.withAccessModes(volume.getSpec().getAccessModes())
				.withCapacity(Map.of(STORAGE, volume.getSpec().getCapacity().get(STORAGE)))
				.build());
			client.resource(claim).updateStatus();
		}
	}

}
