package dev.longhaul.core.job;

import dev.longhaul.core.run.JobName;

/**
 * Restores applications into a throw-away place, starts and checks them there.
 */
public record DrillJob(JobName name, Trigger trigger, Applications applications) implements JobDefinition {

}
