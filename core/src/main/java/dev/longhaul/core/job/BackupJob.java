package dev.longhaul.core.job;

import dev.longhaul.core.retention.Retention;
import dev.longhaul.core.run.JobName;
import org.jspecify.annotations.Nullable;

/**
 * A night: snapshots and backs up its applications, and reads the backups back.
 *
 * @param retention of all restore points of its applications, whichever job made them;
 * null if everything is kept
 */
public record BackupJob(JobName name, Trigger trigger, Applications applications,
		@Nullable Retention retention) implements JobDefinition {

	/** One that keeps everything. */
	public BackupJob(JobName name, Trigger trigger, Applications applications) {
		this(name, trigger, applications, null);
	}

}
