package dev.longhaul.scheduler.schedule;

import java.time.Instant;
import java.util.Set;

import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.run.RunOrder;

/**
 * Wakes somebody when a run is due, and remembers to from one start of the program to the
 * next. Two runs of one job are never due at once: one waits until the other is over.
 */
public interface Alarm {

	/** Nobody is woken before. */
	void start(Sleeper sleeper);

	/**
	 * Sets an alarm, instead of one that was set for the same job by the same cause.
	 * @param start when to wake; at once, if that is past
	 */
	void set(RunOrder order, Instant start);

	/** A job does not begin by the clock any more. */
	void forgetClock(JobName job);

	/**
	 * A job does not begin by itself any more, neither by the clock nor after others.
	 * Runs that somebody wants, and those that are gone on with, stay.
	 */
	void forget(JobName job);

	/** All other jobs do not begin by themselves any more. */
	void forgetAllBut(Set<JobName> jobs);

	/** The alarm of a run that waits is not needed any more. */
	void takeBack(RunOrder order);

	/** Who is woken. */
	interface Sleeper {

		/** Returns when the run is over, and does not throw. */
		void wake(RunOrder order);

	}

}
