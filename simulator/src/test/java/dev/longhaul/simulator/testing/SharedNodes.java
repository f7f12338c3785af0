package dev.longhaul.simulator.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import dev.longhaul.simulator.kubelet.ControlPlaneKind;

/**
 * One node per kind of API for all test classes, ended after the last of them.
 */
public final class SharedNodes implements BeforeAllCallback {

	private static final Map<ControlPlaneKind, SimulatedNode> NODES = new ConcurrentHashMap<>();

	@Override
	public void beforeAll(ExtensionContext context) {
		context.getRoot()
			.getStore(ExtensionContext.Namespace.GLOBAL)
			.computeIfAbsent(SharedNodes.class, key -> (AutoCloseable) SharedNodes::close);
	}

	/** Aborts the test with the reason if there is no such API here. */
	public static SimulatedNode node(ControlPlaneKind kind) {
		return NODES.computeIfAbsent(kind, SimulatedNode::startOrAbort);
	}

	private static void close() {
		NODES.values().forEach(SimulatedNode::close);
		NODES.clear();
	}

}
