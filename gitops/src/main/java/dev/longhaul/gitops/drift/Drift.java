package dev.longhaul.gitops.drift;

import java.util.Comparator;
import java.util.List;

/**
 * All differences, and what was not looked at: nothing is known of that.
 */
public record Drift(List<Finding> findings, List<NotLookedAt> notLookedAt) {

	public Drift {
		findings = findings.stream()
			.sorted(Comparator.comparing(Finding::kind).thenComparing(Finding::subject).thenComparing(Finding::fact))
			.toList();
		notLookedAt = List.copyOf(notLookedAt);
	}

	/**
	 * @param why for people
	 */
	public record NotLookedAt(Source source, String why) {

	}

	/** Whether anything was found that somebody should mend. */
	public boolean isDrift() {
		return findings.stream().anyMatch(finding -> finding.kind().side() != DriftKind.Side.HARMLESS);
	}

	/** Those of one side. */
	public List<Finding> of(DriftKind.Side side) {
		return findings.stream().filter(finding -> finding.kind().side() == side).toList();
	}

	public long count(DriftKind kind) {
		return findings.stream().filter(finding -> finding.kind() == kind).count();
	}

	/** Whether what decides on a kind was looked at. */
	public boolean isKnown(DriftKind kind) {
		return notLookedAt.stream().noneMatch(unseen -> unseen.source() == kind.source());
	}

}
