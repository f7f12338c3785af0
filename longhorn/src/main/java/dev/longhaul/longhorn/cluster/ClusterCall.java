package dev.longhaul.longhorn.cluster;

import org.jspecify.annotations.Nullable;

/**
 * One call of the Kubernetes API, as RBAC sees it.
 *
 * @param server its address
 * @param group the API group; empty for Kubernetes' own first one
 * @param namespace empty for what is in none
 * @param name of the object; null if all are meant
 */
record ClusterCall(String server, String verb, String group, String plural, String namespace, @Nullable String name) {

	/** As kubectl takes it: {@code backups.longhorn.io}. */
	String resource() {
		return group.isEmpty() ? plural : plural + "." + group;
	}

	/** For a sentence: {@code create backups.longhorn.io 'b-1' in namespace 'x'}. */
	@Override
	public String toString() {
		String object = (name != null) ? " '" + name + "'" : "";
		String place = namespace.isEmpty() ? "" : " in namespace '" + namespace + "'";
		return verb + " " + resource() + object + place;
	}

}
