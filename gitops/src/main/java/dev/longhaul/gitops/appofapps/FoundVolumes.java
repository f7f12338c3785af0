package dev.longhaul.gitops.appofapps;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.longhaul.gitops.form.TextDocument;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The volumes of an application, as far as its values file says them. What its chart does
 * by itself, without a word in the values, cannot be seen here.
 */
final class FoundVolumes {

	/** How charts name a claim that is there already. */
	private static final Set<String> CLAIM_KEYS = Set.of("existingClaim", "existingVolumeClaim", "claimName");

	/**
	 * How charts name the claim they make for {@code persistence} at the top of their
	 * values; %s is the release.
	 */
	private static final Map<String, String> CLAIMS_OF_CHARTS = Map.of("gitea", "gitea-shared-storage", "nextcloud",
			"%s-nextcloud");

	private static final String NAME_OF_KUBERNETES = "[a-z0-9]([-a-z0-9.]{0,250}[a-z0-9])?";

	private final AppOfApps.Entry entry;

	private final Set<String> claims = new LinkedHashSet<>();

	private final List<String> unnamed = new ArrayList<>();

	private boolean byInstance;

	private FoundVolumes(AppOfApps.Entry entry) {
		this.entry = entry;
	}

	static FoundVolumes in(AppOfApps.Entry entry, TextDocument values) {
		FoundVolumes found = new FoundVolumes(entry);
		found.visit(values.root(), "");
		return found;
	}

	private void visit(Node node, String path) {
		if (node instanceof SequenceNode sequence) {
			sequence.getValue().forEach(element -> visit(element, path));
		}
		if (!(node instanceof MappingNode mapping) || isSwitchedOff(mapping)) {
			return;
		}
		for (NodeTuple tuple : mapping.getValue()) {
			if (tuple.getKeyNode() instanceof ScalarNode key) {
				visit(key.getValue(), tuple.getValueNode(), path);
			}
		}
	}

	private void visit(String key, Node value, String path) {
		if (CLAIM_KEYS.contains(key) && value instanceof ScalarNode claim) {
			if (claim.getValue().matches(NAME_OF_KUBERNETES)) {
				claims.add(claim.getValue());
			}
			return;
		}
		if (key.equals("volumeClaimTemplates") && value instanceof SequenceNode templates) {
			// What a StatefulSet makes of them has the labels of its selector.
			byInstance |= !templates.getValue().isEmpty();
			return;
		}
		if (key.equals("persistence") && value instanceof MappingNode persistence && !isSwitchedOff(persistence)
				&& !namesAClaim(persistence)) {
			addMadeByTheChart(path);
		}
		visit(value, path.isEmpty() ? key : path + "." + key);
	}

	private void addMadeByTheChart(String path) {
		String claim = CLAIMS_OF_CHARTS.get(entry.chart());
		if (!path.isEmpty()) {
			// A part of the chart, such as its database: a StatefulSet in every chart
			// that is usual.
			byInstance = true;
		}
		else if (claim != null) {
			claims.add(claim.formatted(entry.name()));
		}
		else {
			unnamed.add("persistence");
		}
	}

	private static boolean namesAClaim(MappingNode persistence) {
		return CLAIM_KEYS.stream()
			.map(key -> TextDocument.tuple(persistence, key))
			.anyMatch(tuple -> tuple != null && tuple.getValueNode() instanceof ScalarNode claim
					&& !claim.getValue().isEmpty());
	}

	private static boolean isSwitchedOff(MappingNode mapping) {
		NodeTuple enabled = TextDocument.tuple(mapping, "enabled");
		return enabled != null && enabled.getValueNode() instanceof ScalarNode value
				&& value.getValue().equals("false");
	}

	/** Those that the values name. */
	Set<String> claims() {
		return Set.copyOf(claims);
	}

	boolean isEmpty() {
		return claims.isEmpty() && !byInstance;
	}

	/** Whether there is a volume whose claim the values do not name. */
	boolean hasUnnamed() {
		return !unnamed.isEmpty();
	}

	/** The definition. */
	String definition() {
		StringBuilder text = new StringBuilder("""
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata:
				  name: %s
				spec:
				  namespace: %s
				  volumes:
				""".formatted(entry.name(), entry.namespace()));
		claims.forEach(claim -> text.append("    - claim: ").append(claim).append('\n'));
		if (byInstance) {
			text.append("    - matchLabels:\n        app.kubernetes.io/instance: ").append(entry.name()).append('\n');
		}
		return text.toString();
	}

}
