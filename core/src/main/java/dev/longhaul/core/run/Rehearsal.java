package dev.longhaul.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.longhaul.core.application.ApplicationName;

/**
 * What a drill has shown of restore points of earlier nights.
 *
 * @param run the run of the job that started them
 * @param starts at most one of an application
 */
public record Rehearsal(Night run, Instant finishedAt, List<Start> starts) {

	public Rehearsal {
		starts = List.copyOf(starts);
		if (starts.stream().map(Start::application).distinct().count() != starts.size()) {
			throw new IllegalArgumentException("an application is rehearsed once in %s".formatted(run));
		}
	}

	/**
	 * @param night whose restore point was started
	 * @param manifestHash SHA-256 of the manifest that says what belongs to the restore
	 * point, in hexadecimal
	 * @param at when the restore began
	 * @param took until the last check was answered, or it was given up
	 * @param evidence what was seen, in a sentence for people
	 */
	public record Start(Night night, ApplicationName application, String manifestHash, Instant at, Duration took,
			Outcome outcome, String evidence) {

		public Start {
			if (took.isNegative()) {
				throw new IllegalArgumentException("nothing takes %s".formatted(took));
			}
		}

	}

	/** How far it came. */
	public enum Outcome {

		/** Its pods were ready, and all of its own checks passed. */
		CHECKED,

		/**
		 * Its pods were ready, and nothing that was checked failed; something was not.
		 */
		STARTED,

		/** It was restored, and did not start or is not well. */
		FAILED

	}

}
