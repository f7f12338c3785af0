package dev.longhaul.scheduler.run;

import java.util.Set;

import dev.longhaul.core.run.JobName;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are looked for.
 *
 * @param job null for those of all jobs
 * @param outcomes none for all
 */
public record RunFilter(@Nullable JobName job, Set<RunOutcome.Kind> outcomes) {

	/** Every run. */
	public static final RunFilter ALL = new RunFilter(null, Set.of());

	public RunFilter {
		outcomes = Set.copyOf(outcomes);
	}

	public static RunFilter of(JobName job) {
		return new RunFilter(job, Set.of());
	}

}
