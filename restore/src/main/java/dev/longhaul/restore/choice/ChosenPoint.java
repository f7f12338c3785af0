package dev.longhaul.restore.choice;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.verdict.Proof;
import org.jspecify.annotations.Nullable;

/**
 * What would be restored of one application, and why that.
 *
 * @param declared the application in the words of its definition; null if nobody recorded
 * it
 * @param proof what reading it back has shown
 * @param volumes at least one
 * @param exports what was kept beside its volumes
 * @param reason why this one, in a few words
 * @param passedOver newer ones that were not chosen, newest first
 */
public record ChosenPoint(ApplicationName application, Origin origin, @Nullable JsonObject declared, Proof proof,
		List<RestorableVolume> volumes, List<StoredExport> exports, String reason, List<PassedOver> passedOver) {

	public ChosenPoint {
		volumes = List.copyOf(volumes);
		exports = List.copyOf(exports);
		passedOver = List.copyOf(passedOver);
		if (volumes.isEmpty()) {
			throw new IllegalArgumentException("nothing of '%s' would be restored".formatted(application));
		}
	}

	/** The same of fewer volumes. */
	ChosenPoint with(List<RestorableVolume> fewer) {
		return new ChosenPoint(application, origin, declared, proof, fewer, exports, reason, passedOver);
	}

	/** The time of the data: that of the oldest of its volumes. */
	public Instant takenAt() {
		return volumes.stream().map(RestorableVolume::dataAt).min(Comparator.naturalOrder()).orElseThrow();
	}

	/**
	 * A newer restore point that was not chosen.
	 *
	 * @param why a fact with its values
	 */
	public record PassedOver(Instant takenAt, String why) {
	}

}
