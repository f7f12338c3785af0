package dev.longhaul.restore.run;

import dev.longhaul.restore.plan.PlannedStep;
import dev.longhaul.restore.plan.PlannedVolume;

/**
 * Hears of a restore while it goes on, from one thread.
 */
public interface RestoreListener {

	/** A step begins; those of volumes and of claims, of all applications, once. */
	void began(PlannedStep step);

	/**
	 * @param percent of the slowest replica
	 */
	void progressed(PlannedVolume volume, int percent);

	void restored(PlannedVolume volume);

	/**
	 * Longhorn gave up, and is asked again.
	 * @param why in its words
	 */
	void failedOnce(PlannedVolume volume, String why);

	/**
	 * @param subject an Application, or another object
	 * @param standing how it stands now
	 */
	void told(String subject, String standing);

	/** Something that somebody should know. */
	void noted(String fact);

}
