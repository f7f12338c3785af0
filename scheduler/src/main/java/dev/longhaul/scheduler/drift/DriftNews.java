package dev.longhaul.scheduler.drift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.gitops.drift.Drift;
import dev.longhaul.gitops.drift.DriftKind;
import dev.longhaul.gitops.drift.Finding;

/**
 * What is new about the drift since it was last told.
 */
final class DriftNews {

	/** By what was told of them. */
	private Map<String, Finding> told = Map.of();

	private List<String> unseen = List.of();

	/** Lines for people; none if nothing has changed. */
	List<String> of(Drift drift) {
		List<String> lines = new ArrayList<>();
		Map<String, Finding> standing = new LinkedHashMap<>();
		told.forEach((text, finding) -> {
			if (!drift.isKnown(finding.kind())) {
				standing.put(text, finding);
			}
		});
		drift.findings()
			.stream()
			.filter(finding -> finding.kind().side() != DriftKind.Side.HARMLESS)
			.forEach(finding -> standing.put("%s: %s".formatted(finding.subject(), finding.fact()), finding));
		standing.forEach((text, finding) -> {
			if (!told.containsKey(text)) {
				lines.add("drift: %s; %s".formatted(text, finding.reason()));
			}
		});
		told.keySet()
			.stream()
			.filter(text -> !standing.containsKey(text))
			.forEach(text -> lines.add("no drift any more: " + text));
		told = standing;
		tellUnseen(drift, lines);
		return lines;
	}

	private void tellUnseen(Drift drift, List<String> lines) {
		List<String> sources = drift.notLookedAt().stream().map(missing -> missing.source().word()).toList();
		drift.notLookedAt()
			.stream()
			.filter(missing -> !unseen.contains(missing.source().word()))
			.forEach(missing -> lines
				.add("drift is not known of the %s: %s".formatted(missing.source().word(), missing.why())));
		unseen = sources;
	}

}
