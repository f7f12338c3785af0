package dev.longhaul.scheduler.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.run.RunOrder;

/**
 * What is remembered of runs before the start of the program.
 */
public interface PastRuns {

	/** When the newest run of a job was due that did not begin by hand. */
	Optional<Instant> newestByItself(JobName job);

	/** When the newest run of a job was due, however it began and ended. */
	Optional<Instant> newest(JobName job);

	/**
	 * When the newest run of a job was due, if other jobs may follow it: it is over, and
	 * nobody has cancelled it.
	 */
	Optional<Instant> newestToFollow(JobName job);

	/** The run of a job that is to be gone on with. */
	Optional<RunOrder> interrupted(JobName job);

	/** Runs that somebody wants, and that have not begun. */
	List<RunOrder> waiting();

}
