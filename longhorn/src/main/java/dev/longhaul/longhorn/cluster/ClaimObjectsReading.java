package dev.longhaul.longhorn.cluster;

import java.util.Map;

import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ObjectCopy;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * A claim with the objects it names.
 */
final class ClaimObjectsReading {

	/** The namespace of what is in none. */
	private static final String NOWHERE = "";

	private final LonghornApi api;

	private final KubernetesSerialization serialization;

	ClaimObjectsReading(LonghornApi api, KubernetesSerialization serialization) {
		this.api = api;
		this.serialization = serialization;
	}

	/**
	 * That the others may not be read is told in their place: RBAC grants them apart, and
	 * the claim alone is worth keeping.
	 */
	ClaimObjects read(GenericKubernetesResource claim) {
		String volume = named(claim, "volumeName");
		String storageClass = named(claim, "storageClassName");
		return new ClaimObjects(copy(claim),
				volume.isEmpty() ? new ObjectCopy.Absent("the claim is not bound")
						: ask(PersistentVolume.class, volume),
				storageClass.isEmpty() ? new ObjectCopy.Absent("the claim names none")
						: ask(StorageClass.class, storageClass));
	}

	private ObjectCopy ask(Class<? extends HasMetadata> type, String name) {
		try {
			return api.find(type, NOWHERE, name)
				.map(this::copy)
				.orElseGet(() -> new ObjectCopy.Absent(
						"there is no %s '%s'".formatted(HasMetadata.getKind(type), ServerText.oneLine(name))));
		}
		catch (RefusedRequest ex) {
			return new ObjectCopy.Unknown(ex.fact());
		}
	}

	private ObjectCopy copy(GenericKubernetesResource found) {
		return DeclaredObject.copy(serialization.convertValue(found, Map.class));
	}

	private static String named(GenericKubernetesResource claim, String field) {
		boolean named = claim.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec
				&& spec.get(field) instanceof String;
		return named ? String.valueOf(claim.<Object>get("spec", field)) : "";
	}

}
