package dev.longhaul.core.job;

import dev.longhaul.core.run.JobName;

/**
 * Reads restore points back that were proven before: data in a bucket can rot.
 *
 * @param restorePoints of each application, counted from its newest
 * @param target the name of the one that is read, as the server's configuration has it
 */
public record VerifyJob(JobName name, Trigger trigger, Applications applications, int restorePoints,
		String target) implements JobDefinition {

	public VerifyJob {
		if (restorePoints < 1) {
			throw new IllegalArgumentException("a verification of " + restorePoints + " restore points proves nothing");
		}
	}

}
