package dev.longhaul.core.job;

import dev.longhaul.core.run.JobName;

/**
 * One job as it is declared. Names of what a run makes derive from the job's name, so a
 * job that is renamed is another job.
 */
public sealed interface JobDefinition permits BackupJob, VerifyJob, MirrorJob, DrillJob {

	JobName name();

	Trigger trigger();

	Applications applications();

}
