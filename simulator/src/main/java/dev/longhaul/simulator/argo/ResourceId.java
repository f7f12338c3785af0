package dev.longhaul.simulator.argo;

import java.util.Objects;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/**
 * What names an object in a cluster.
 *
 * @param group empty for the core group
 * @param namespace empty if its kind has none
 */
record ResourceId(String group, String version, String kind, String namespace, String name) {

	static ResourceId of(GenericKubernetesResource object) {
		String apiVersion = object.getApiVersion();
		int slash = apiVersion.indexOf('/');
		return new ResourceId((slash < 0) ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash + 1),
				object.getKind(), Objects.requireNonNullElse(object.getMetadata().getNamespace(), ""),
				object.getMetadata().getName());
	}

	static ResourceId of(Fields fields) {
		return new ResourceId(fields.text("group"), fields.text("version"), fields.text("kind"),
				fields.text("namespace"), fields.text("name"));
	}

	/** Whether they are the same object, in whatever version. */
	boolean isSame(ResourceId other) {
		return group.equals(other.group) && kind.equals(other.kind) && namespace.equals(other.namespace)
				&& name.equals(other.name);
	}

	boolean is(String wantedGroup, String wantedKind) {
		return group.equals(wantedGroup) && kind.equals(wantedKind);
	}

	@Override
	public String toString() {
		return group + "/" + kind + " " + namespace + "/" + name;
	}

}
