package dev.longhaul.simulator.longhorn;

import java.util.List;
import java.util.Objects;

import dev.longhaul.longhorn.crd.Node;
import dev.longhaul.longhorn.crd.nodestatus.Conditions;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Plays the node controller: says of each node whether it can still be heard.
 */
final class LostNodes {

	private final LonghornParts parts;

	private final LonghornObjects objects;

	LostNodes(LonghornParts parts) {
		this.parts = parts;
		this.objects = parts.objects();
	}

	boolean isLost(@Nullable String node) {
		return node != null && !node.isEmpty()
				&& parts.faults().strike(Fault.NodeLost.class, fault -> fault.node().equals(node)).isPresent();
	}

	/** Writes down what became of the nodes. */
	void report() {
		for (Stored<Node> node : objects.list(Node.class)) {
			String ready = isLost(node.name()) ? "False" : Words.TRUE;
			List<Conditions> conditions = Objects
				.requireNonNullElse(Objects.requireNonNull(node.view().getStatus()).getConditions(), List.of());
			for (Conditions condition : conditions) {
				if ("Ready".equals(condition.getType()) && !ready.equals(condition.getStatus())) {
					condition.setStatus(ready);
					condition.setReason(ready.equals(Words.TRUE) ? "" : "ManagerPodDown");
					objects.writeStatus(Node.class, node);
				}
			}
		}
	}

}
