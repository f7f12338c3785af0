package dev.longhaul.core.job;

import dev.longhaul.core.run.JobName;

/**
 * What starts a job.
 */
public sealed interface Start {

	/** The clock does. */
	record OnSchedule(CronSchedule schedule) implements Start {
	}

	/** The end of another job does, whatever came of it. */
	record After(JobName job) implements Start {
	}

}
