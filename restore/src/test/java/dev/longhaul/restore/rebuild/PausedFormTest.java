package dev.longhaul.restore.rebuild;

import java.util.List;
import java.util.Map;

import dev.longhaul.core.deploy.PausedSync;
import dev.longhaul.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PausedFormTest {

	@Test
	void automatedSyncIsKeptWithIt() {
		JsonObject application = application(
				Map.of("automated", Map.of("prune", true), "syncOptions", List.of("CreateNamespace=true")));

		JsonObject paused = PausedForm.of(application);

		assertThat(paused.object("spec", "syncPolicy", "automated")).isEmpty();
		assertThat(paused.texts("spec", "syncPolicy", "syncOptions")).containsExactly("CreateNamespace=true");
		assertThat(paused.text("metadata", "annotations", PausedSync.ANNOTATION)).contains("{\"prune\":true}");
		assertThat(paused.text("metadata", "annotations", "who")).contains("me");
		assertThat(paused.text("metadata", "name")).contains("apps");
	}

	@Test
	void whatIsNotAutomatedStaysAsItIs() {
		JsonObject application = application(Map.of("syncOptions", List.of("CreateNamespace=true")));
		JsonObject other = JsonObject
			.of(Map.of("kind", "ConfigMap", "spec", Map.of("syncPolicy", Map.of("automated", Map.of("prune", true)))));

		assertThat(PausedForm.of(application)).isEqualTo(application);
		assertThat(PausedForm.of(other)).isEqualTo(other);
	}

	private static JsonObject application(Map<String, ?> policy) {
		return JsonObject.of(Map.of("kind", "Application", "metadata",
				Map.of("name", "apps", "annotations", Map.of("who", "me")), "spec", Map.of("syncPolicy", policy)));
	}

}
