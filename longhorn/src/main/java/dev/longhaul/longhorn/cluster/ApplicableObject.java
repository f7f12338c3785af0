package dev.longhaul.longhorn.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A declared object as another cluster takes it: without what its own cluster has chosen
 * for it since.
 */
final class ApplicableObject {

	/**
	 * What controllers keep of their work. A claim that says it is bound already would be
	 * lost; without that it waits for the volume it names, and never gets an empty one.
	 */
	private static final List<String> OF_CONTROLLERS = List.of("pv.kubernetes.io/", "volume.kubernetes.io/",
			"volume.beta.kubernetes.io/storage-provisioner", "deployment.kubernetes.io/");

	/** Of a Service without an address of its own, which is declared. */
	private static final String HEADLESS = "None";

	private ApplicableObject() {
	}

	/**
	 * @param object a tree of maps, lists and values
	 */
	static Map<String, Object> of(Map<?, ?> object, String apiVersion, String kind) {
		Map<String, Object> applicable = new LinkedHashMap<>();
		// The items of a list do not say it.
		applicable.put("apiVersion", apiVersion);
		applicable.put("kind", kind);
		DeclaredObject.of(object).forEach(applicable::putIfAbsent);
		change(applicable, "metadata", ApplicableObject::metadata);
		if (kind.equals("Service")) {
			change(applicable, "spec", ApplicableObject::service);
		}
		if (kind.equals("ServiceAccount")) {
			// Tokens that older clusters have made for it.
			applicable.remove("secrets");
		}
		if (kind.equals("Namespace")) {
			// Only "kubernetes", which every namespace has.
			applicable.remove("spec");
		}
		return applicable;
	}

	/**
	 * An owner that is known by the identity it had is none, and takes what it owns
	 * along.
	 */
	private static Map<String, Object> metadata(Map<String, Object> metadata) {
		metadata.remove("ownerReferences");
		change(metadata, "annotations", annotations -> {
			annotations.keySet().removeIf(key -> OF_CONTROLLERS.stream().anyMatch(key::startsWith));
			return annotations;
		});
		metadata.remove("annotations", Map.of());
		return metadata;
	}

	/** Another cluster has other addresses. */
	private static Map<String, Object> service(Map<String, Object> spec) {
		if (!HEADLESS.equals(spec.get("clusterIP"))) {
			spec.remove("clusterIP");
			spec.remove("clusterIPs");
		}
		spec.remove("healthCheckNodePort");
		return spec;
	}

	private static void change(Map<String, Object> object, String field,
			Function<Map<String, Object>, Map<String, Object>> change) {
		object.computeIfPresent(field, (key, value) -> {
			if (!(value instanceof Map<?, ?> fields)) {
				return value;
			}
			Map<String, Object> copy = new LinkedHashMap<>();
			fields.forEach((name, entry) -> copy.put(String.valueOf(name), entry));
			return change.apply(copy);
		});
	}

}
