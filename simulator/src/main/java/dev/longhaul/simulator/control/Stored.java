package dev.longhaul.simulator.control;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;

/**
 * An object as the API has it, with a typed view to read and change. What the view does
 * not know stays as it was when it is written back.
 *
 * @param view whose spec, status, labels, finalizers and owners may be changed
 * @param tree the whole object as it was read
 */
public record Stored<T extends CustomResource<?, ?>>(T view, GenericKubernetesResource tree) {

	public String name() {
		return metadata().getName();
	}

	public ObjectMeta metadata() {
		return view.getMetadata();
	}

	public boolean isDeleting() {
		return metadata().getDeletionTimestamp() != null;
	}

	public Instant createdAt() {
		return Instant.parse(metadata().getCreationTimestamp());
	}

	public Map<String, String> labels() {
		return Objects.requireNonNullElse(metadata().getLabels(), Map.of());
	}

	public String label(String key) {
		return labels().getOrDefault(key, "");
	}

	public List<String> finalizers() {
		return Objects.requireNonNullElse(metadata().getFinalizers(), List.of());
	}

}
