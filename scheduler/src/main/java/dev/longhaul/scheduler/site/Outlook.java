package dev.longhaul.scheduler.site;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.schedule.Due;
import dev.longhaul.gitops.schedule.Timetable;
import org.jspecify.annotations.Nullable;

/**
 * What comes next, as it is declared: which job backs up what, and when. It holds until
 * the first of these instants has passed.
 */
final class Outlook {

	/** A job that runs on working days has its longest pause among so many. */
	private static final int PAUSES = 8;

	/** Of definitions in which nothing comes due. */
	private static final Instant FOR_EVER = Instant.MAX;

	private final Definitions definitions;

	private final Map<JobName, JobDefinition> jobs = new HashMap<>();

	private final Map<JobName, Instant> next = new HashMap<>();

	private final Map<JobName, Duration> goals = new HashMap<>();

	private final Map<ApplicationName, List<BackupJob>> backups = new HashMap<>();

	private Outlook(Definitions definitions) {
		this.definitions = definitions;
	}

	static Outlook of(Definitions definitions, Instant now) {
		Outlook outlook = new Outlook(definitions);
		for (JobDefinition job : definitions.jobs()) {
			outlook.jobs.put(job.name(), job);
			outlook.look(job.name(), Timetable.upcoming(job, now, PAUSES));
			if (job instanceof BackupJob backup) {
				definitions.applicationsOf(job)
					.forEach(application -> outlook.backups
						.computeIfAbsent(application.name(), name -> new ArrayList<>())
						.add(backup));
			}
		}
		return outlook;
	}

	/**
	 * A quarter of the longest pause is for the night itself, and for one that begins
	 * late; the rules of alarms give a nightly job as much.
	 */
	private void look(JobName job, List<Due> upcoming) {
		if (!upcoming.isEmpty()) {
			next.put(job, upcoming.get(0).start());
		}
		Stream.iterate(1, i -> i < upcoming.size(), i -> i + 1)
			.map(i -> Duration.between(upcoming.get(i - 1).scheduledFor(), upcoming.get(i).scheduledFor()))
			.max(Comparator.naturalOrder())
			.ifPresent(pause -> goals.put(job, pause.plus(pause.dividedBy(4))));
	}

	/** Whether nothing of it has passed. */
	boolean holds(Definitions current, Instant now) {
		Instant first = next.values().stream().min(Comparator.naturalOrder()).orElse(FOR_EVER);
		return definitions.equals(current) && now.isBefore(first);
	}

	/** In the order of their names. */
	List<JobDefinition> jobs() {
		return definitions.jobs();
	}

	List<ApplicationDefinition> applications() {
		return definitions.applications();
	}

	/** Those that a job works on. */
	List<ApplicationDefinition> applicationsOf(JobDefinition job) {
		return definitions.applicationsOf(job);
	}

	Optional<ApplicationDefinition> application(ApplicationName name) {
		return definitions.applications().stream().filter(application -> application.name().equals(name)).findFirst();
	}

	/** What backs it up. */
	List<BackupJob> backups(ApplicationName application) {
		return backups.getOrDefault(application, List.of());
	}

	/**
	 * When a job begins next; for one that follows another, when that one does. Null if
	 * that is not planned.
	 */
	@Nullable Instant next(JobName job) {
		return next.get(leader(job));
	}

	/** When its next night begins; null if none is planned. */
	@Nullable Instant next(ApplicationName application) {
		return backups(application).stream()
			.map(job -> next(job.name()))
			.filter(Objects::nonNull)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	/**
	 * How old its newest proven restore point may be, if the schedule is kept to; null if
	 * none is planned.
	 */
	@Nullable Duration goal(ApplicationName application) {
		return backups(application).stream()
			.map(job -> goals.get(leader(job.name())))
			.filter(Objects::nonNull)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	/** The first of those that follow each other. */
	private JobName leader(JobName follower) {
		JobName name = follower;
		for (int i = 0; i < jobs.size(); i++) {
			JobDefinition job = jobs.get(name);
			if (job == null || job.trigger().suspended() || !(job.trigger().start() instanceof Start.After follows)) {
				return name;
			}
			name = follows.job();
		}
		return name;
	}

}
