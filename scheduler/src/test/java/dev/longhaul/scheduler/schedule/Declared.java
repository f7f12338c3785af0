package dev.longhaul.scheduler.schedule;

import java.time.Instant;
import java.util.List;

import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.gitops.repository.Revision;

/**
 * Jobs as if they were read from a repository.
 */
final class Declared {

	private Declared() {
	}

	/** In a commit of their own. */
	static InForce jobs(JobDefinition... jobs) {
		List<JobDefinition> all = List.of(jobs);
		return new InForce(new Revision("%040x".formatted(all.hashCode()), "ada", Instant.EPOCH, "jobs"),
				new Definitions(List.of(), all), new InForce.Standing.Newest());
	}

}
