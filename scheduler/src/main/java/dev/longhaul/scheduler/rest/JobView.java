package dev.longhaul.scheduler.rest;

import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.job.Applications;
import dev.longhaul.core.job.Blackout;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.MirrorJob;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.job.Trigger;
import dev.longhaul.core.job.VerifyJob;
import dev.longhaul.gitops.change.JobDocument;
import dev.longhaul.gitops.repository.CommitLinks;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.gitops.repository.Revision;
import dev.longhaul.gitops.schedule.Timetable;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is declared, and when it runs next.
 *
 * @param schedule five fields of cron; null for one that follows another job
 * @param after the job it follows; null for one that goes by the clock
 * @param jitter as ISO 8601 has durations
 * @param applications by name; null for all
 * @param file in which it is declared, and {@code yaml} as it stands there; null in lists
 * @param next when it starts, soonest first; none if it does not start by the clock
 */
record JobView(String name, String kind, boolean suspended, @Nullable String schedule, @Nullable String timeZone,
		@Nullable String after, String misfire, Duration jitter, List<BlackoutView> blackouts,
		@Nullable List<String> applications, @Nullable String from, @Nullable String to, @Nullable String target,
		@Nullable Integer restorePoints, @Nullable String file, @Nullable String yaml, List<NextView> next,
		RevisionView revision) {

	/**
	 * @param instants of its next runs, at most
	 * @param document that declares it; null to leave that out
	 */
	static JobView of(JobDefinition job, InForce inForce, int instants, Instant now, CommitLinks links,
			@Nullable JobDocument document) {
		Trigger trigger = job.trigger();
		Start.OnSchedule clock = (trigger.start() instanceof Start.OnSchedule on) ? on : null;
		Start.After follows = (trigger.start() instanceof Start.After leader) ? leader : null;
		MirrorJob mirror = (job instanceof MirrorJob copies) ? copies : null;
		VerifyJob verify = (job instanceof VerifyJob reads) ? reads : null;
		return new JobView(job.name().value(), job.getClass().getSimpleName(), trigger.suspended(),
				(clock != null) ? clock.schedule().expression() : null,
				(clock != null) ? clock.schedule().zone().getId() : null,
				(follows != null) ? follows.job().value() : null, trigger.misfire().word(), trigger.jitter(),
				trigger.blackouts().stream().map(BlackoutView::of).toList(), applications(job.applications()),
				(mirror != null) ? mirror.from() : null, (mirror != null) ? mirror.to() : null,
				(verify != null) ? verify.target() : null, (verify != null) ? verify.restorePoints() : null,
				(document != null) ? document.file() : null, (document != null) ? document.text() : null,
				next(job, instants, now), RevisionView.of(inForce.revision(), links));
	}

	private static @Nullable List<String> applications(Applications applications) {
		return (applications instanceof Applications.Only only)
				? only.names().stream().map(ApplicationName::value).sorted().toList() : null;
	}

	private static List<NextView> next(JobDefinition job, int instants, Instant now) {
		return Timetable.upcoming(job, now, instants)
			.stream()
			.map(due -> new NextView(due.scheduledFor(), due.start()))
			.toList();
	}

	/**
	 * @param scheduledFor by which the run is known
	 * @param start later by its jitter, or by a blackout
	 */
	record NextView(Instant scheduledFor, Instant start) {
	}

	record BlackoutView(List<String> days, String from, String to, String timeZone) {

		static BlackoutView of(Blackout blackout) {
			return new BlackoutView(blackout.days().stream().sorted().map(BlackoutView::word).toList(),
					blackout.from().toString(), blackout.to().toString(), blackout.zone().getId());
		}

		private static String word(DayOfWeek day) {
			return day.name().substring(0, 1) + day.name().substring(1, 3).toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * @param link to its page on the web; null if it is not known to have one
	 */
	record RevisionView(String commit, String author, Instant committedAt, String subject, @Nullable URI link) {

		static RevisionView of(Revision revision, CommitLinks links) {
			return new RevisionView(revision.id(), revision.author(), revision.committedAt(), revision.subject(),
					links.of(revision).orElse(null));
		}

	}

}
