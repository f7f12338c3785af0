package dev.longhaul.scheduler.run;

import java.time.Instant;

import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import org.jspecify.annotations.Nullable;

/**
 * A run that is to begin.
 *
 * @param scheduledFor when it is due; what it makes is known by that
 * @param run of a run that was asked for and waits; null if its record is made when it
 * begins
 */
public record RunOrder(JobName job, Instant scheduledFor, RunCause cause, @Nullable RunId run) {

	public RunOrder(JobName job, Instant scheduledFor, RunCause cause) {
		this(job, scheduledFor, cause, null);
	}

	/** What it is known by in cluster and bucket. */
	public Night night() {
		return new Night(job, scheduledFor);
	}

}
