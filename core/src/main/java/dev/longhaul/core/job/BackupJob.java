package dev.longhaul.core.job;

import dev.longhaul.core.run.JobName;

/**
 * A night: snapshots and backs up its applications, and reads the backups back.
 */
public record BackupJob(JobName name, Trigger trigger, Applications applications) implements JobDefinition {

}
