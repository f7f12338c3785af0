package dev.longhaul.longhorn.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.volume.ObjectCopy;

/**
 * What of an object somebody declared. What the API server adds, and what only this
 * cluster can mean, is left out: it would keep another one from taking the object.
 */
final class DeclaredObject {

	/**
	 * Finalizers are among them: each is what a controller of this cluster has yet to do
	 * before the object may go, and where that controller is, it adds its own again.
	 */
	private static final Set<String> ADDED = Set.of("uid", "resourceVersion", "generation", "creationTimestamp",
			"deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "selfLink", "finalizers");

	/** A copy of the whole object, as it was applied last. */
	private static final String KUBECTL = "kubectl.kubernetes.io/";

	private DeclaredObject() {
	}

	/**
	 * @param object a tree of maps, lists and values
	 */
	static ObjectCopy copy(Map<?, ?> object) {
		try {
			return new ObjectCopy.Kept(JsonObject.of(of(object)));
		}
		catch (IllegalArgumentException ex) {
			return new ObjectCopy.Unknown("it cannot be kept: " + ex.getMessage());
		}
	}

	/**
	 * @param object a tree of maps, lists and values
	 * @return a new tree
	 */
	static Map<String, Object> of(Map<?, ?> object) {
		Map<String, Object> declared = without(object, Set.of("status"));
		declared.computeIfPresent("metadata", (key, metadata) -> metadata(metadata));
		declared.computeIfPresent("spec", (key, spec) -> spec(spec));
		return declared;
	}

	private static Object metadata(Object metadata) {
		if (!(metadata instanceof Map<?, ?> fields)) {
			return metadata;
		}
		Map<String, Object> declared = without(fields, ADDED);
		if (declared.get("annotations") instanceof Map<?, ?> annotations) {
			Map<String, Object> kept = without(annotations, Set.of());
			kept.keySet().removeIf(key -> key.startsWith(KUBECTL));
			declared.put("annotations", kept);
		}
		return declared;
	}

	/** A volume names its claim with the identity that this claim has here. */
	private static Object spec(Object spec) {
		if (!(spec instanceof Map<?, ?> fields)) {
			return spec;
		}
		Map<String, Object> declared = without(fields, Set.of());
		declared.computeIfPresent("claimRef",
				(key, ref) -> (ref instanceof Map<?, ?> claim) ? without(claim, ADDED) : ref);
		return declared;
	}

	/** Null is how the API says that a field is not set. */
	private static Map<String, Object> without(Map<?, ?> fields, Set<String> names) {
		Map<String, Object> rest = new LinkedHashMap<>();
		fields.forEach((key, value) -> {
			if (value != null && !names.contains(String.valueOf(key))) {
				rest.put(String.valueOf(key), value(value));
			}
		});
		return rest;
	}

	private static Object value(Object value) {
		if (value instanceof Map<?, ?> map) {
			return without(map, Set.of());
		}
		if (value instanceof List<?> list) {
			return list.stream().filter(Objects::nonNull).map(element -> value(element)).toList();
		}
		return value;
	}

}
