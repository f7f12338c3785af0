package dev.longhaul.cli.render;

import java.util.List;

import dev.longhaul.core.removal.RemovalReport;
import dev.longhaul.core.retention.RetentionPlan;

/**
 * What came of approved plans.
 *
 * @param target its URL
 */
public record AppliedRetention(String target, List<Applied> applications) {

	public AppliedRetention {
		applications = List.copyOf(applications);
	}

	/** A plan and what came of it. */
	public record Applied(RetentionPlan plan, RemovalReport report) {
	}

	/** Whether all that was to go is gone. */
	public boolean isComplete() {
		return applications.stream().allMatch(applied -> applied.report().isComplete());
	}

}
