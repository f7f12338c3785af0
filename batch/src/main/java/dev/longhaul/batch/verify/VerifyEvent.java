package dev.longhaul.batch.verify;

import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Verification;
import dev.longhaul.core.run.Verification.Reading;

/**
 * Something that happened in a verification, for whoever shows it.
 */
public sealed interface VerifyEvent {

	/** The first event of every start, also of one that resumes. */
	record Begun(Night run, List<ApplicationName> applications) implements VerifyEvent {

		public Begun {
			applications = List.copyOf(applications);
		}

	}

	/** Nothing that keeps the verification from going on. */
	record Warned(String warning) implements VerifyEvent {
	}

	/** A restore point was read, or could not be. */
	record Read(Reading reading) implements VerifyEvent {
	}

	/** The last event: what the run has shown stands in the bucket. */
	record Recorded(Verification verification) implements VerifyEvent {
	}

}
