package dev.longhaul.core.run;

import java.time.Instant;
import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.verdict.Proof;
import org.jspecify.annotations.Nullable;

/**
 * What reading back restore points of earlier nights has shown.
 *
 * @param run the run of the job that read them
 * @param mirror the name of the place that was read; null for the target that this is
 * recorded in
 * @param readings at most one of a restore point
 */
public record Verification(Night run, Instant finishedAt, @Nullable String mirror, List<Reading> readings) {

	public Verification {
		readings = List.copyOf(readings);
		if (readings.stream().map(Reading::subject).distinct().count() != readings.size()) {
			throw new IllegalArgumentException("a restore point is read back once in %s".formatted(run));
		}
	}

	/**
	 * @param night whose restore point was read
	 * @param manifestHash SHA-256 of the manifest that says what belongs to the restore
	 * point, in hexadecimal
	 */
	public record Reading(Night night, ApplicationName application, String manifestHash, Proof proof) {

		private String subject() {
			return "%s of %s".formatted(application, night);
		}

	}

	/** Whether every block of every restore point was read and was right. */
	public boolean isProven() {
		return !readings.isEmpty() && readings.stream().allMatch(reading -> reading.proof() instanceof Proof.Proven);
	}

}
