package dev.longhaul.simulator.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.longhaul.simulator.kubelet.ControlPlaneKind;

/**
 * One node per kind of API for all test classes of a process.
 */
public final class SharedNodes {

	private static final Map<ControlPlaneKind, SimulatedNode> NODES = new ConcurrentHashMap<>();

	private SharedNodes() {
	}

	/** Aborts the test with the reason if there is no such API here. */
	public static SimulatedNode node(ControlPlaneKind kind) {
		return NODES.computeIfAbsent(kind, SharedNodes::start);
	}

	private static SimulatedNode start(ControlPlaneKind kind) {
		SimulatedNode node = SimulatedNode.startOrAbort(kind);
		AtExit.close(node::close);
		return node;
	}

}
