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
 * @param replaces whether it takes the place of the claim of that name, if there is one;
 * what that had stays
 */
public record PlannedClaim(ClaimRef ref, String storageClass, List<String> accessModes, JsonObject claim,
		JsonObject volume, @Nullable JsonObject storageClassObject, boolean replaces) {

	public PlannedClaim {
		accessModes = List.copyOf(accessModes);
		require(claim, "PersistentVolumeClaim", ref.name());
		if (claim.text("metadata", "namespace").filter(ref.namespace()::equals).isEmpty()) {
			throw new IllegalArgumentException("the claim is not in namespace '%s'".formatted(ref.namespace()));
		}
		require(volume, "PersistentVolume", volume.text("metadata", "name").orElse(""));
		if (storageClassObject != null) {
			require(storageClassObject, "StorageClass", storageClass);
		}
	}

	/**
	 * A plan is a file that anybody may have written, and a run creates what it holds.
	 */
	private static void require(JsonObject object, String kind, String name) {
		boolean isOne = object.text("kind").filter(kind::equals).isPresent()
				&& object.text("metadata", "name").filter(name::equals).isPresent() && !name.isEmpty();
		if (!isOne) {
			throw new IllegalArgumentException("an object of the claim is no %s '%s'".formatted(kind, name));
		}
	}

	/** Of the PersistentVolume. */
	public String volumeName() {
		return volume.text("metadata", "name").orElseThrow();
	}

}
