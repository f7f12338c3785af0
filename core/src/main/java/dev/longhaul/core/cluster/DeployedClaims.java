package dev.longhaul.core.cluster;

import java.util.List;

import dev.longhaul.core.workload.DeployedClaim;

/**
 * What applications of a cluster keep in volumes. Failures are those of
 * {@link VolumeCluster}.
 */
@FunctionalInterface
public interface DeployedClaims {

	/** Of a namespace, by name; none if there is no such namespace. */
	List<DeployedClaim> deployedClaims(String namespace);

}
