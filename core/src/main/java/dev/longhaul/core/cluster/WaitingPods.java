package dev.longhaul.core.cluster;

import java.util.List;

/**
 * Pods of a cluster that should be ready and are not. Failures are those of
 * {@link VolumeCluster}.
 */
@FunctionalInterface
public interface WaitingPods {

	/**
	 * Those of a namespace whose reason the cluster tells, by name; none if there is no
	 * such namespace.
	 */
	List<WaitingPod> waitingPods(String namespace);

	/**
	 * A pod that is not ready.
	 *
	 * @param reason in the cluster's words, in a line
	 */
	record WaitingPod(String name, String reason) {
	}

}
