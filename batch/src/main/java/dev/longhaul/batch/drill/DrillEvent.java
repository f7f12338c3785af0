package dev.longhaul.batch.drill;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.run.Night;
import dev.longhaul.restore.drill.DrillReport;

/**
 * Something that happened in a drill, for whoever shows it.
 */
public sealed interface DrillEvent {

	/** The first event of every start, also of one that resumes. */
	record Begun(Night run, int applications) implements DrillEvent {
	}

	/** A killed drill had left a namespace, and it is removed. */
	record Swept(String namespace) implements DrillEvent {
	}

	/** The next application. */
	record Rehearsing(ApplicationName application) implements DrillEvent {
	}

	/**
	 * Something that somebody may want to know while it goes on.
	 */
	record Told(String what) implements DrillEvent {
	}

	/** All that was made is removed again, or the report says why not. */
	record Rehearsed(DrillReport report) implements DrillEvent {
	}

	/** Nothing of it was restored. The others are rehearsed all the same. */
	record Refused(ApplicationName application, LonghaulException failure) implements DrillEvent {
	}

}
