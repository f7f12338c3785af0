package dev.longhaul.core.run;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.volume.ClaimRef;

/**
 * The labels on everything a night makes. Longhorn writes those of a backup into its
 * manifest, so they survive the cluster.
 */
public final class RunLabels {

	static final String JOB = "longhaul.dev/job";

	static final String SCHEDULED_FOR = "longhaul.dev/scheduled-for";

	static final String APPLICATION = "longhaul.dev/application";

	static final String CLAIM = "longhaul.dev/claim";

	static final String SNAPSHOT_AT = "longhaul.dev/snapshot-at";

	private RunLabels() {
	}

	public static Map<String, String> ofSnapshot(Night night, ApplicationName application, ClaimRef claim) {
		return Map.of(JOB, night.job().value(), SCHEDULED_FOR, night.scheduledFor().toString(), APPLICATION,
				application.value(), CLAIM, claim.toString());
	}

	/**
	 * @param snapshotAt the true time of the data: what Longhorn itself calls so in the
	 * manifest is the time the upload began
	 */
	public static Map<String, String> ofBackup(Night night, ApplicationName application, ClaimRef claim,
			Instant snapshotAt) {
		return Map.of(JOB, night.job().value(), SCHEDULED_FOR, night.scheduledFor().toString(), APPLICATION,
				application.value(), CLAIM, claim.toString(), SNAPSHOT_AT, snapshotAt.toString());
	}

	/** The true time of a backup's data; empty if the labels do not say. */
	public static Optional<Instant> snapshotAt(Map<String, String> labels) {
		try {
			return Optional.ofNullable(labels.get(SNAPSHOT_AT)).map(Instant::parse);
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

}
