package dev.longhaul.simulator;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import dev.longhaul.simulator.longhorn.LonghornRelease;
import dev.longhaul.simulator.longhorn.SimulatedTiming;
import org.jspecify.annotations.Nullable;

/**
 * What cluster to simulate.
 *
 * @param directory for everything it keeps; made if it is not there
 * @param nodes at least one
 * @param kubeconfig of a real API to play Longhorn in; null for an embedded one
 * @param software what runs in it from the start
 */
public record ClusterPlan(Path directory, LonghornRelease release, SimulatedTiming timing, List<String> nodes,
		Clock clock, @Nullable Path kubeconfig, Software software) {

	/** The name the simulated kubelet gives its node. */
	public static final String NODE = "simulated-node";

	public ClusterPlan {
		nodes = List.copyOf(nodes);
		if (nodes.isEmpty()) {
			throw new IllegalArgumentException("a cluster needs a node");
		}
	}

	/** A fast cluster of one node with an API of its own. */
	public static ClusterPlan in(Path directory, Clock clock) {
		return new ClusterPlan(directory, LonghornRelease.parse("v1.9.1"), SimulatedTiming.FAST, List.of(NODE), clock,
				null, Software.LONGHORN);
	}

	public ClusterPlan withRelease(String version) {
		return new ClusterPlan(directory, LonghornRelease.parse(version), timing, nodes, clock, kubeconfig, software);
	}

	public ClusterPlan withTiming(SimulatedTiming other) {
		return new ClusterPlan(directory, release, other, nodes, clock, kubeconfig, software);
	}

	public ClusterPlan withNodes(List<String> others) {
		return new ClusterPlan(directory, release, timing, others, clock, kubeconfig, software);
	}

	public ClusterPlan withApi(Path otherKubeconfig) {
		return new ClusterPlan(directory, release, timing, nodes, clock, otherKubeconfig, software);
	}

	public ClusterPlan withSoftware(Software other) {
		return new ClusterPlan(directory, release, timing, nodes, clock, kubeconfig, other);
	}

	/** What runs in a cluster from the start. */
	public enum Software {

		/** Longhorn, without volumes and without the URL of a target. */
		LONGHORN,

		/**
		 * Argo CD and nothing else. Longhorn begins when its chart has been synced, and
		 * so does External Secrets.
		 */
		ARGO_CD,

		/** Both. */
		LONGHORN_AND_ARGO_CD;

		boolean hasLonghorn() {
			return this != ARGO_CD;
		}

		boolean hasArgoCd() {
			return this != LONGHORN;
		}

	}

}
