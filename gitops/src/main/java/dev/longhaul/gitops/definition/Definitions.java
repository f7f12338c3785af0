package dev.longhaul.gitops.definition;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.job.Applications;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.retention.Retention;
import dev.longhaul.core.run.JobName;

/**
 * All applications and jobs that are declared, in the order of their names. They agree
 * with each other: what one names, another is.
 */
public record Definitions(List<ApplicationDefinition> applications, List<JobDefinition> jobs) {

	/** Nothing is declared. */
	public static final Definitions NONE = new Definitions(List.of(), List.of());

	public Definitions {
		applications = List.copyOf(applications);
		jobs = List.copyOf(jobs);
	}

	/** The applications that a job works on, in the order of their names. */
	public List<ApplicationDefinition> applicationsOf(JobDefinition job) {
		return applications.stream()
			.filter(application -> !(job.applications() instanceof Applications.Only only)
					|| only.names().contains(application.name()))
			.toList();
	}

	/**
	 * What is declared of keeping an application's restore points; at most one job says
	 * it. Empty if all are kept.
	 */
	public Optional<Retention> retentionOf(ApplicationName application) {
		return jobs.stream()
			.filter(BackupJob.class::isInstance)
			.map(BackupJob.class::cast)
			.filter(job -> applicationsOf(job).stream().anyMatch(of -> of.name().equals(application)))
			.map(BackupJob::retention)
			.filter(Objects::nonNull)
			.findFirst();
	}

	public Optional<JobDefinition> job(JobName name) {
		return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
	}

}
