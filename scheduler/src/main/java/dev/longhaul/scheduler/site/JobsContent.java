package dev.longhaul.scheduler.site;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.change.JobDocument;
import dev.longhaul.gitops.form.Problem;
import dev.longhaul.gitops.repository.CommitLinks;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.gitops.repository.InForce.Standing;
import dev.longhaul.gitops.schedule.Due;
import dev.longhaul.gitops.schedule.Timetable;
import dev.longhaul.scheduler.page.Action;
import dev.longhaul.scheduler.page.Link;
import dev.longhaul.scheduler.page.job.JobPage;
import dev.longhaul.scheduler.page.job.JobRow;
import dev.longhaul.scheduler.page.job.JobState;
import dev.longhaul.scheduler.page.job.JobsPage;
import dev.longhaul.scheduler.page.job.Revision;
import dev.longhaul.scheduler.page.run.RunRow;
import dev.longhaul.scheduler.page.table.Query;
import dev.longhaul.scheduler.run.RunKind;
import org.jspecify.annotations.Nullable;

/**
 * What the pages of jobs show. Pure.
 */
final class JobsContent {

	private static final int INSTANTS = 10;

	/** Of one revision; who mends the first often mends the others. */
	private static final int MOST_PROBLEMS = 20;

	private final Outlook outlook;

	private final CommitLinks links;

	JobsContent(Outlook outlook, CommitLinks links) {
		this.outlook = outlook;
		this.links = links;
	}

	/**
	 * @param inForce empty until definitions were read for the first time
	 * @param failure why they could not be read the last time
	 * @param last the newest run of each job
	 */
	JobsPage jobs(Optional<InForce> inForce, Optional<LonghaulException> failure, Map<JobName, RunRow> last,
			Query query) {
		List<JobRow> rows = outlook.jobs().stream().map(job -> row(job, last.get(job.name()))).toList();
		return new JobsPage(JobsPage.table(rows, query), inForce.map(now -> revision(now.revision())).orElse(null),
				trouble(inForce, failure));
	}

	/**
	 * @param recent its runs, newest first
	 */
	JobPage job(JobDefinition job, InForce inForce, List<RunRow> recent, List<Action> actions, Instant now) {
		Optional<JobDocument> document = JobDocument.find(inForce.files(), job.name());
		return new JobPage(row(job, recent.isEmpty() ? null : recent.get(0)),
				document.map(JobDocument::file).orElse(""),
				document.map(found -> found.text().lines().toList()).orElse(List.of()), revision(inForce.revision()),
				zone(job), Timetable.upcoming(job, now, INSTANTS).stream().map(Due::start).toList(),
				changes(inForce.standing()), recent, actions);
	}

	private JobRow row(JobDefinition job, @Nullable RunRow last) {
		boolean paused = job.trigger().suspended();
		// What follows another begins when that has ended, and nobody knows when.
		boolean planned = !paused && job.trigger().start() instanceof Start.OnSchedule;
		return new JobRow(job.name(), RunKind.of(job).word(), schedule(job.trigger().start()),
				paused ? JobState.PAUSED : JobState.ACTIVE, planned ? outlook.next(job.name()) : null, last);
	}

	private static String schedule(Start start) {
		return (start instanceof Start.After follows) ? "after " + follows.job()
				: ((Start.OnSchedule) start).schedule().toString();
	}

	/** Of a job that follows another, no instant is shown. */
	private static ZoneId zone(JobDefinition job) {
		return (job.trigger().start() instanceof Start.OnSchedule clock) ? clock.schedule().zone() : ZoneOffset.UTC;
	}

	private Revision revision(dev.longhaul.gitops.repository.Revision revision) {
		return new Revision(revision.id(), revision.author(), revision.committedAt(),
				links.of(revision).map(page -> new Link(revision.shortId(), page.toString())).orElse(null));
	}

	private static @Nullable String trouble(Optional<InForce> inForce, Optional<LonghaulException> failure) {
		if (failure.isPresent()) {
			return "The definitions in Git cannot be read: %s (%s). %s".formatted(failure.get().fact(),
					failure.get().code(), failure.get().hint());
		}
		if (inForce.isEmpty()) {
			return "The definitions in Git were not read yet.";
		}
		List<String> changes = changes(inForce.get().standing());
		return changes.isEmpty() ? null : String.join(" ", changes.subList(0, Math.min(2, changes.size())));
	}

	/** What would change if the newest revision were taken now, for people. */
	private static List<String> changes(Standing standing) {
		if (standing instanceof Standing.NotAsked notAsked) {
			return List.of("Nobody knows whether this is the newest revision: %s.".formatted(notAsked.why()));
		}
		if (!(standing instanceof Standing.NewestRefused refused)) {
			return List.of();
		}
		List<String> changes = new ArrayList<>();
		changes.add("Nothing: revision %s of %s is newer, and is refused until it is mended."
			.formatted(refused.newest().shortId(), refused.newest().author()));
		refused.problems().stream().limit(MOST_PROBLEMS).map(Problem::toString).forEach(changes::add);
		if (refused.problems().size() > MOST_PROBLEMS) {
			changes.add("and %d more".formatted(refused.problems().size() - MOST_PROBLEMS));
		}
		return changes;
	}

}
