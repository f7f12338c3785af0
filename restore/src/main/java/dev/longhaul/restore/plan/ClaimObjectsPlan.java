package dev.longhaul.restore.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.volume.AccessMode;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.restore.choice.FormerClaim;
import dev.longhaul.restore.choice.RestorableVolume;
import org.jspecify.annotations.Nullable;

/**
 * The objects that offer a restored volume to its application: as they were recorded,
 * bound to each other by name, or as Longhorn itself makes them for a volume of which
 * only the names of its claim are known.
 */
final class ClaimObjectsPlan {

	private static final String DRIVER = "driver.longhorn.io";

	/** The class that Longhorn gives to volumes that no class made. */
	private static final String STATIC_CLASS = "longhorn-static";

	/** What controllers keep of their work, of another cluster. */
	private static final List<String> OF_CONTROLLERS = List.of("pv.kubernetes.io/", "volume.kubernetes.io/",
			"volume.beta.kubernetes.io/");

	/** Without it, no controller deletes a volume whose claim is gone, if it should. */
	private static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

	private static final Set<String> OF_A_CLASS = Set.of("provisioner", "parameters", "reclaimPolicy",
			"volumeBindingMode", "allowVolumeExpansion", "mountOptions");

	private static final Set<String> OF_THE_OLD_CLUSTER = Set.of("storage.kubernetes.io/csiProvisionerIdentity");

	private static final String RETAIN = "Retain";

	private final RestorableVolume volume;

	private final FormerClaim former;

	private final VolumeName name;

	private final ClaimRef ref;

	private final boolean thrownAway;

	/**
	 * @param name of the restored volume
	 * @param ref of the claim it gets
	 * @param thrownAway whether nobody is to find it by its labels and annotations, or to
	 * delete its volume but who made it
	 */
	ClaimObjectsPlan(RestorableVolume volume, FormerClaim former, VolumeName name, ClaimRef ref, boolean thrownAway) {
		this.volume = volume;
		this.former = former;
		this.name = name;
		this.ref = ref;
		this.thrownAway = thrownAway;
	}

	/**
	 * @param replaces whether it takes the place of a claim that may be there
	 */
	PlannedClaim plan(boolean replaces) {
		List<String> modes = former.accessModes().isEmpty() ? List.of(AccessMode.READ_WRITE_ONCE.kubernetes())
				: former.accessModes();
		JsonObject recordedVolume = kept(objects().volume());
		JsonObject recordedClaim = kept(objects().claim());
		String storageClass = (recordedClaim != null || !former.storageClass().isEmpty()) ? former.storageClass()
				: STATIC_CLASS;
		String volumeName = name.equals(volume.volume()) && recordedVolume != null
				? recordedVolume.text("metadata", "name").orElse(name.value()) : name.value();
		return new PlannedClaim(ref, storageClass, modes, claim(recordedClaim, storageClass, modes, volumeName),
				volume(recordedVolume, storageClass, modes, volumeName),
				thrownAway ? null : storageClass(kept(objects().storageClass()), storageClass), replaces);
	}

	/** What a bucket names must not become an object that does something else. */
	private static @Nullable JsonObject storageClass(@Nullable JsonObject recorded, String name) {
		if (recorded == null || recorded.text("provisioner").filter(DRIVER::equals).isEmpty()) {
			return null;
		}
		Map<String, Object> storageClass = new TreeMap<>(recorded.fields());
		storageClass.keySet().retainAll(OF_A_CLASS);
		Map<String, Object> metadata = metadata(recorded);
		metadata.put("name", name);
		storageClass.putAll(Map.of("apiVersion", "storage.k8s.io/v1", "kind", "StorageClass", "metadata", metadata));
		return JsonObject.of(storageClass);
	}

	private ClaimObjects objects() {
		return (former.objects() != null) ? former.objects() : ClaimObjects.unknown("only Longhorn recorded it");
	}

	private static @Nullable JsonObject kept(ObjectCopy copy) {
		return (copy instanceof ObjectCopy.Kept kept) ? kept.object() : null;
	}

	private JsonObject claim(@Nullable JsonObject recorded, String storageClass, List<String> modes,
			String volumeName) {
		Map<String, Object> spec = new TreeMap<>();
		spec.put("accessModes", modes);
		spec.put("resources", Map.of("requests", Map.of("storage", size(recorded, "resources", "requests"))));
		spec.put("storageClassName", storageClass);
		spec.put("volumeMode", text(recorded, "volumeMode", "Filesystem"));
		spec.put("volumeName", volumeName);
		Map<String, Object> metadata = metadata(thrownAway ? null : recorded);
		metadata.put("name", ref.name());
		metadata.put("namespace", ref.namespace());
		return JsonObject
			.of(Map.of("apiVersion", "v1", "kind", "PersistentVolumeClaim", "metadata", metadata, "spec", spec));
	}

	private JsonObject volume(@Nullable JsonObject recorded, String storageClass, List<String> modes,
			String volumeName) {
		Map<String, Object> spec = new TreeMap<>();
		spec.put("accessModes", modes);
		spec.put("capacity", Map.of("storage", size(recorded, "capacity")));
		spec.put("claimRef", Map.of("apiVersion", "v1", "kind", "PersistentVolumeClaim", "namespace", ref.namespace(),
				"name", ref.name()));
		spec.put("csi", csi(recorded));
		spec.put("persistentVolumeReclaimPolicy",
				thrownAway ? RETAIN : text(recorded, "persistentVolumeReclaimPolicy", RETAIN));
		spec.put("storageClassName", storageClass);
		spec.put("volumeMode", text(recorded, "volumeMode", "Filesystem"));
		if (recorded != null && !recorded.texts("spec", "mountOptions").isEmpty()) {
			spec.put("mountOptions", recorded.texts("spec", "mountOptions"));
		}
		Map<String, Object> metadata = metadata(thrownAway ? null : recorded);
		if (recorded != null && !thrownAway) {
			recorded.object("metadata", "annotations")
				.flatMap(annotations -> annotations.text(PROVISIONED_BY))
				.ifPresent(driver -> annotations(metadata).put(PROVISIONED_BY, driver));
		}
		metadata.put("name", volumeName);
		return JsonObject
			.of(Map.of("apiVersion", "v1", "kind", "PersistentVolume", "metadata", metadata, "spec", spec));
	}

	private Map<String, Object> csi(@Nullable JsonObject recorded) {
		Map<String, Object> csi = new TreeMap<>();
		if (recorded != null) {
			recorded.object("spec", "csi").ifPresent(object -> csi.putAll(object.fields()));
		}
		Map<String, Object> attributes = new TreeMap<>();
		if (csi.get("volumeAttributes") instanceof Map<?, ?> known) {
			known.forEach((key, value) -> attributes.put(String.valueOf(key), value));
		}
		attributes.keySet().removeAll(OF_THE_OLD_CLUSTER);
		csi.put("driver", DRIVER);
		csi.put("volumeHandle", name.value());
		csi.putIfAbsent("fsType", "ext4");
		if (volume.encrypted()) {
			attributes.put("encrypted", "true");
		}
		if (!attributes.isEmpty()) {
			csi.put("volumeAttributes", attributes);
		}
		return csi;
	}

	/**
	 * The size in the words that were recorded. A volume that has grown since is larger
	 * than its claim says, which is allowed.
	 */
	private String size(@Nullable JsonObject recorded, String... path) {
		String bytes = Long.toString(volume.size().bytes());
		if (recorded == null) {
			return bytes;
		}
		List<String> whole = new ArrayList<>(List.of("spec"));
		whole.addAll(List.of(path));
		whole.add("storage");
		return recorded.text(whole.toArray(String[]::new)).orElse(bytes);
	}

	private static String text(@Nullable JsonObject recorded, String field, String otherwise) {
		return (recorded != null) ? recorded.text("spec", field).orElse(otherwise) : otherwise;
	}

	/** Labels and annotations that somebody gave it: Helm finds its objects by them. */
	private static Map<String, Object> metadata(@Nullable JsonObject recorded) {
		Map<String, Object> metadata = new LinkedHashMap<>();
		if (recorded != null) {
			recorded.object("metadata", "labels").ifPresent(labels -> metadata.put("labels", labels.fields()));
			Map<String, Object> annotations = new TreeMap<>();
			recorded.object("metadata", "annotations").ifPresent(known -> annotations.putAll(known.fields()));
			annotations.keySet().removeIf(key -> OF_CONTROLLERS.stream().anyMatch(key::startsWith));
			if (!annotations.isEmpty()) {
				metadata.put("annotations", annotations);
			}
		}
		return metadata;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> annotations(Map<String, Object> metadata) {
		return (Map<String, Object>) metadata.computeIfAbsent("annotations", key -> new TreeMap<String, Object>());
	}

}
