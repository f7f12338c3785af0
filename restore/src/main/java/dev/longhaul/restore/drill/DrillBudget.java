package dev.longhaul.restore.drill;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.plan.RestorePlan;

/**
 * What a drill may take, which nobody but it needs.
 *
 * @param download of all its volumes, before compression
 * @param volume the largest that it may make
 */
public record DrillBudget(ByteSize download, ByteSize volume) {

	/**
	 * @throws RefusedRequest if the plan would take more
	 */
	void require(RestorePlan plan) {
		for (PlannedVolume planned : plan.volumes()) {
			if (planned.size().compareTo(volume) > 0) {
				throw beyond("volume '%s' has %s, and a drill may make volumes of %s".formatted(planned.source(),
						planned.size(), volume), "--largest-gib");
			}
		}
		ByteSize whole = new ByteSize(plan.volumes().stream().mapToLong(planned -> planned.written().bytes()).sum());
		if (whole.compareTo(download) > 0) {
			throw beyond("the drill would download %s, and may download %s".formatted(whole, download), "--most-gib");
		}
	}

	private static RefusedRequest beyond(String fact, String option) {
		return new RefusedRequest(FailureCode.INVALID_USAGE, fact,
				"allow more with %s, or rehearse another application".formatted(option));
	}

}
