package dev.longhaul.core.job;

import dev.longhaul.core.run.JobName;

/**
 * Restores applications into a throw-away place, starts and checks them there.
 *
 * @param budget of each of them
 */
public record DrillJob(JobName name, Trigger trigger, Applications applications,
		DrillBudget budget) implements JobDefinition {

}
