package dev.longhaul.longhorn.cluster;

import org.jspecify.annotations.Nullable;

/**
 * One call of the Kubernetes API, as RBAC sees it.
 *
 * @param server its address
 * @param name of the object; null if all are meant
 */
record ClusterCall(String server, String verb, String plural, String namespace, @Nullable String name) {

	static final String GROUP = "longhorn.io";

	/** For a sentence: {@code create backups.longhorn.io 'b-1' in namespace 'x'}. */
	@Override
	public String toString() {
		String object = (name != null) ? " '" + name + "'" : "";
		return verb + " " + plural + "." + GROUP + object + " in namespace '" + namespace + "'";
	}

}
