package dev.longhaul.core.cluster;

import java.util.Set;

import dev.longhaul.core.export.InForce;

/**
 * What is declared in namespaces of a cluster. Failures are those of
 * {@link VolumeCluster}.
 */
@FunctionalInterface
public interface DeclaredObjects {

	/**
	 * All of it, or a failure: a list in which something is missing that may not be read
	 * would be found wanting only when the cluster is gone. Never Secrets.
	 */
	Listing list(Set<String> namespaces);

	/**
	 * Objects as they were declared, for a cluster to come.
	 *
	 * @param document in JSON, as {@code kubectl apply} takes it
	 * @param count of objects in it
	 * @param inForce what ran in the namespaces
	 */
	record Listing(String document, int count, InForce inForce) {
	}

}
