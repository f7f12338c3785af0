package dev.longhaul.restore.run;

import java.time.Instant;
import java.util.List;

import dev.longhaul.restore.plan.RestorePlan;

/**
 * What came of a restore.
 *
 * @param begunAt when the first run of the plan began, which may not have been this one
 * @param outcomes in the order of the plan
 */
public record RestoreReport(RestorePlan plan, Instant begunAt, Instant endedAt, List<VolumeOutcome> outcomes) {

	public RestoreReport {
		outcomes = List.copyOf(outcomes);
	}

	/** Whether nothing failed and nothing was skipped. */
	public boolean isWhole() {
		return outcomes.stream().allMatch(VolumeOutcome.Restored.class::isInstance);
	}

	public List<VolumeOutcome.Failed> failed() {
		return outcomes.stream()
			.filter(VolumeOutcome.Failed.class::isInstance)
			.map(VolumeOutcome.Failed.class::cast)
			.toList();
	}

}
