package dev.longhaul.scheduler.run;

/**
 * Is told of every run, on the run's own thread, after it was recorded. It returns at
 * once; what it throws is logged and changes nothing.
 */
public interface RunObserver {

	/** It begins now. A run that cannot begin is told of only when it has ended. */
	default void started(RunRecord run) {
	}

	/** It is over; its outcome says how. */
	void ended(RunRecord run);

}
