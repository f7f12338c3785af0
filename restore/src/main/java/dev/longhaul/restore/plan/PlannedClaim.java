package dev.longhaul.restore.plan;

import java.util.List;

import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.volume.ClaimRef;
import org.jspecify.annotations.Nullable;

/**
 * How a restored volume is offered to its application.
 *
 * @param storageClass empty for none
 * @param accessModes in Kubernetes' words
 * @param claim the PersistentVolumeClaim as it is created
 * @param volume the PersistentVolume as it is created
 * @param storageClassObject the StorageClass as it is created if there is none of that
 * name; null if nobody recorded it
 */
public record PlannedClaim(ClaimRef ref, String storageClass, List<String> accessModes, JsonObject claim,
		JsonObject volume, @Nullable JsonObject storageClassObject) {

	public PlannedClaim {
		accessModes = List.copyOf(accessModes);
	}

	/** Of the PersistentVolume. */
	public String volumeName() {
		return volume.text("metadata", "name").orElseThrow();
	}

}
