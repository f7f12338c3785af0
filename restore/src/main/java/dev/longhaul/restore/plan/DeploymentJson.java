package dev.longhaul.restore.plan;

import java.util.List;

import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.kit.KitId;
import dev.longhaul.core.secret.SecretRef;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The deployment of a plan as JSON.
 */
final class DeploymentJson {

	private DeploymentJson() {
	}

	static void write(JsonGenerator json, @Nullable PlannedDeployment deployment) {
		if (deployment == null) {
			json.writeNullProperty("deployment");
			return;
		}
		json.writeObjectPropertyStart("deployment");
		json.writeStringProperty("kit", deployment.kit().sha256());
		json.writeStringProperty("namespace", deployment.namespace());
		json.writeStringProperty("chart", deployment.chart());
		write(json, "objects", deployment.objects());
		write(json, "secrets", deployment.secrets().stream().map(SecretRef::toString).toList());
		write(json, "longhorn", deployment.longhorn());
		write(json, "git", deployment.git());
		write(json, "parents", deployment.parents());
		write(json, "others", deployment.others());
		write(json, "vaults", deployment.vaults());
		json.writeEndObject();
	}

	private static void write(JsonGenerator json, String name, List<String> texts) {
		json.writeArrayPropertyStart(name);
		texts.forEach(json::writeString);
		json.writeEndArray();
	}

	private static void write(JsonGenerator json, String name, @Nullable String text) {
		if (text != null) {
			json.writeStringProperty(name, text);
		}
		else {
			json.writeNullProperty(name);
		}
	}

	static PlannedDeployment read(JsonFields fields) throws MalformedException {
		return new PlannedDeployment(fields.parsed("kit", KitId::new), fields.string("namespace"),
				fields.string("chart"), fields.texts("objects"),
				fields.texts("secrets").stream().map(SecretRef::parse).toList(), fields.stringOrNull("longhorn"),
				fields.stringOrNull("git"), fields.texts("parents"), fields.texts("others"), fields.texts("vaults"));
	}

}
