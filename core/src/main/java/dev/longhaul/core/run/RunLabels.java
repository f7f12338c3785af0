package dev.longhaul.core.run;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.volume.ClaimRef;
import org.jspecify.annotations.Nullable;

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

	static final String QUIET = "longhaul.dev/quiet";

	private RunLabels() {
	}

	public static Map<String, String> ofSnapshot(Night night, ApplicationName application, ClaimRef claim) {
		return Map.of(JOB, night.job().value(), SCHEDULED_FOR, night.scheduledFor().toString(), APPLICATION,
				application.value(), CLAIM, claim.toString());
	}

	/**
	 * @param snapshotAt the true time of the data: what Longhorn itself calls so in the
	 * manifest is the time the upload began
	 * @param quiet the window the snapshot was taken in, which a start after a crash
	 * would not know any more; null if there was none
	 */
	public static Map<String, String> ofBackup(Night night, ApplicationName application, ClaimRef claim,
			Instant snapshotAt, @Nullable QuietWindow quiet) {
		Map<String, String> labels = new TreeMap<>(ofSnapshot(night, application, claim));
		labels.put(SNAPSHOT_AT, snapshotAt.toString());
		if (quiet != null) {
			labels.put(QUIET, quiet.toString());
		}
		return labels;
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

	/** The window a backup's snapshot was taken in; empty if the labels do not say. */
	public static Optional<QuietWindow> quiet(Map<String, String> labels) {
		try {
			return Optional.ofNullable(labels.get(QUIET)).map(QuietWindow::parse);
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
