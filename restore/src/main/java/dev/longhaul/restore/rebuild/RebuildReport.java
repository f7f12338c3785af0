package dev.longhaul.restore.rebuild;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.restore.run.RestoreReport;
import org.jspecify.annotations.Nullable;

/**
 * What came of rebuilding a cluster.
 *
 * @param applications by name; none if it did not come that far
 * @param failure what kept it from coming to its end; null if it did
 */
public record RebuildReport(RestoreReport volumes, Instant endedAt, List<ApplicationOutcome> applications,
		@Nullable LonghaulException failure) {

	public RebuildReport {
		applications = List.copyOf(applications);
	}

	/** Of a plan that has nothing but volumes and claims. */
	public static RebuildReport ofVolumes(RestoreReport volumes) {
		return new RebuildReport(volumes, volumes.endedAt(), List.of(), null);
	}

	/** How long it took from the first run of the plan on. */
	public Duration recoveryTime() {
		return Duration.between(volumes.begunAt(), endedAt);
	}

	public List<ApplicationOutcome.Unwell> unwell() {
		return applications.stream()
			.filter(ApplicationOutcome.Unwell.class::isInstance)
			.map(ApplicationOutcome.Unwell.class::cast)
			.toList();
	}

	/** Whether nothing failed; what was left out as told does not count. */
	public boolean isDone() {
		return volumes.failed().isEmpty() && failure == null && unwell().isEmpty();
	}

	/** Whether nothing was left out either. */
	public boolean isWhole() {
		return isDone() && volumes.isWhole();
	}

}
