package dev.longhaul.restore.rebuild;

import java.util.Optional;

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
		return object.without("spec", "syncPolicy", "automated")
			.with(JsonDocument.text(automated.get()), "metadata", "annotations", PausedSync.ANNOTATION);
	}

}
