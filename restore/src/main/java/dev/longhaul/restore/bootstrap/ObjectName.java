package dev.longhaul.restore.bootstrap;

import java.util.regex.Pattern;

import dev.longhaul.core.json.JsonObject;

/**
 * Which object of a cluster one is, and nothing of what is in it.
 *
 * @param namespace empty for one that is in none
 */
public record ObjectName(BeginningKind kind, String namespace, String name) {

	private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

	private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

	public ObjectName {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("a %s has no name that Kubernetes takes".formatted(kind.kind()));
		}
		if (kind.isNamespaced() ? !NAMESPACE.matcher(namespace).matches() : !namespace.isEmpty()) {
			throw new IllegalArgumentException("%s %s %s".formatted(kind.kind(), name,
					kind.isNamespaced() ? "has no namespace" : "has a namespace, and can have none"));
		}
	}

	/**
	 * @throws IllegalArgumentException if no cluster is begun with such an object, or it
	 * is not named as Kubernetes wants it
	 */
	public static ObjectName of(JsonObject object) {
		BeginningKind kind = BeginningKind.of(object)
			.orElseThrow(() -> new IllegalArgumentException(
					"an object is none of those a cluster is begun with: " + BeginningKind.all()));
		return new ObjectName(kind, object.text("metadata", "namespace").orElse(""),
				object.text("metadata", "name").orElse(""));
	}

	/** For people: {@code Application argocd/gitea}. */
	@Override
	public String toString() {
		return "%s %s".formatted(kind.kind(), namespace.isEmpty() ? name : namespace + "/" + name);
	}

}
