package dev.longhaul.backupstore.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.longhaul.core.volume.ClaimRef;
import org.jspecify.annotations.Nullable;

/**
 * The label in which Longhorn keeps what Kubernetes knew of a volume, as a JSON document:
 * after the loss of the cluster, the only word on whose data it is. Only the names of the
 * claim are of interest; a label that cannot be read names none.
 */
final class KubernetesStatusLabel {

	private static final String LABEL = "KubernetesStatus";

	private String namespace = "";

	private String claim = "";

	private KubernetesStatusLabel() {
	}

	static @Nullable ClaimRef claim(Map<String, String> labels) {
		String json = labels.getOrDefault(LABEL, "");
		KubernetesStatusLabel status = new KubernetesStatusLabel();
		try {
			JsonObjectReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), status::read);
		}
		catch (MalformedException ex) {
			return null;
		}
		catch (IOException ex) {
			throw new IllegalStateException("reading from memory does not fail", ex);
		}
		boolean named = !status.namespace.isBlank() && !status.claim.isBlank();
		return named ? new ClaimRef(status.namespace, status.claim) : null;
	}

	private void read(String field, JsonValue value) throws MalformedException {
		switch (field) {
			case "namespace" -> namespace = value.string();
			case "pvcName" -> claim = value.string();
			default -> value.skip();
		}
	}

}
