package dev.longhaul.gitops.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.job.Applications;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.schedule.Due;
import dev.longhaul.gitops.schedule.Timetable;

/**
 * Jobs against the clock and the nights that a bucket knows.
 */
final class JobDrift {

	/**
	 * A night writes its manifest once everything is backed up, which may take so long.
	 */
	static final Duration LONGEST_NIGHT = Duration.ofHours(6);

	private final Definitions definitions;

	private final Places places;

	private final Instant now;

	private final List<Finding> findings = new ArrayList<>();

	JobDrift(Definitions definitions, Places places, Instant now) {
		this.definitions = definitions;
		this.places = places;
		this.now = now;
	}

	/** What the definitions alone say. */
	List<Finding> findInGit() {
		definitions.jobs().forEach(this::requireStart);
		definitions.applications().forEach(this::requireJob);
		return findings;
	}

	/**
	 * What nights say.
	 * @param nights that the bucket has
	 */
	List<Finding> findIn(List<Night> nights) {
		Map<String, List<Night>> byJob = new TreeMap<>();
		nights.forEach(night -> byJob.computeIfAbsent(night.job().value(), job -> new ArrayList<>()).add(night));
		byJob.forEach(this::requireDeclared);
		definitions.jobs()
			.stream()
			.filter(BackupJob.class::isInstance)
			.forEach(job -> requireNight(job, byJob.getOrDefault(job.name().value(), List.of())));
		return findings;
	}

	private void requireStart(JobDefinition job) {
		if (job.trigger().suspended()) {
			add(DriftKind.JOB_SUSPENDED, job, "suspended",
					"it starts again after 'longhaul jobs resume %s'".formatted(job.name()));
		}
		else if (!starts(job)) {
			add(DriftKind.JOB_NEVER_DUE, job, whyNever(job), "give it a schedule that comes due, or take it out");
		}
	}

	private static String whyNever(JobDefinition job) {
		return (job.trigger().start() instanceof Start.After after)
				? "it waits for job '%s', which does not start".formatted(after.job())
				: "all its runs fall into its blackouts";
	}

	/** By the clock, or in the end after one that does. */
	private boolean starts(JobDefinition job) {
		Set<JobName> passed = new HashSet<>();
		Optional<JobDefinition> first = Optional.of(job);
		while (first.isPresent() && first.get().trigger().start() instanceof Start.After after
				&& passed.add(first.get().name())) {
			first = definitions.job(after.job()).filter(before -> !before.trigger().suspended());
		}
		return first.filter(clocked -> Timetable.next(clocked, now, now).isPresent()).isPresent();
	}

	private void requireJob(ApplicationDefinition application) {
		boolean covered = definitions.jobs()
			.stream()
			.filter(BackupJob.class::isInstance)
			.anyMatch(job -> !(job.applications() instanceof Applications.Only only)
					|| only.names().contains(application.name()));
		if (!covered) {
			findings.add(new Finding(DriftKind.APPLICATION_WITHOUT_JOB,
					"application '%s'".formatted(application.name()), "no BackupJob has it",
					"no night backs it up: name it in 'applications' of a BackupJob", places.of(application)));
		}
	}

	/** Only BackupJobs record nights. */
	private void requireDeclared(String job, List<Night> nights) {
		if (definitions.job(new JobName(job)).filter(BackupJob.class::isInstance).isEmpty()) {
			findings.add(new Finding(DriftKind.NIGHTS_UNDECLARED, "job '%s'".formatted(job),
					"%d %s in the target, the newest of %s".formatted(nights.size(),
							(nights.size() == 1) ? "night" : "nights", newest(nights).orElseThrow()),
					"no BackupJob of that name is declared: it was taken out, or something else runs it; what it "
							+ "made stays until somebody removes it",
					null));
		}
	}

	private void requireNight(JobDefinition job, List<Night> nights) {
		Optional<Due> due = Timetable.newest(job, now.minus(LONGEST_NIGHT));
		Optional<Instant> newest = newest(nights);
		if (due.isPresent() && newest.filter(night -> !night.isBefore(due.get().scheduledFor())).isEmpty()) {
			add(DriftKind.JOB_OVERDUE, job,
					"due at %s, and the newest night in the target is %s".formatted(due.get().scheduledFor(),
							newest.map(Instant::toString).orElse("none")),
					"does the server run, and do its nights end? Or was the job declared after that");
		}
	}

	private static Optional<Instant> newest(List<Night> nights) {
		return nights.stream().map(Night::scheduledFor).max(Instant::compareTo);
	}

	private void add(DriftKind kind, JobDefinition job, String fact, String reason) {
		findings.add(new Finding(kind, "%s '%s'".formatted(job.getClass().getSimpleName(), job.name()), fact, reason,
				places.of(job)));
	}

}
