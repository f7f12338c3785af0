package dev.longhaul.gitops.definition;

import java.util.List;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.run.JobName;

/**
 * All applications and jobs that are declared, in the order of their names. They agree
 * with each other: what one names, another is.
 */
public record Definitions(List<ApplicationDefinition> applications, List<JobDefinition> jobs) {

	public Definitions {
		applications = List.copyOf(applications);
		jobs = List.copyOf(jobs);
	}

	public Optional<JobDefinition> job(JobName name) {
		return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
	}

}
