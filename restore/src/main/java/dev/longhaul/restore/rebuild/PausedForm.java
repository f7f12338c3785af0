package dev.longhaul.restore.rebuild;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.core.deploy.PausedSync;
import dev.longhaul.core.json.JsonObject;

/**
 * An Application as it is created during a restore: with its automated sync switched off
 * from its first moment on, because Argo CD does not wait. Pure.
 */
final class PausedForm {

	private PausedForm() {
	}

	/**
	 * @param object an Application, or anything else, which stays as it is
	 */
	static JsonObject of(JsonObject object) {
		Optional<JsonObject> automated = object.object("spec", "syncPolicy", "automated");
		if (!object.text("kind").equals(Optional.of("Application")) || automated.isEmpty()) {
			return object;
		}
		SortedMap<String, Object> policy = fields(object, "spec", "syncPolicy");
		policy.remove("automated");
		SortedMap<String, Object> spec = fields(object, "spec");
		spec.put("syncPolicy", policy);
		SortedMap<String, Object> annotations = fields(object, "metadata", "annotations");
		annotations.put(PausedSync.ANNOTATION, JsonDocument.text(automated.get()));
		SortedMap<String, Object> metadata = fields(object, "metadata");
		metadata.put("annotations", annotations);
		SortedMap<String, Object> paused = new TreeMap<>(object.fields());
		paused.putAll(Map.of("spec", spec, "metadata", metadata));
		return new JsonObject(paused);
	}

	private static SortedMap<String, Object> fields(JsonObject object, String... path) {
		return object.object(path).map(found -> new TreeMap<>(found.fields())).orElseGet(TreeMap::new);
	}

}
