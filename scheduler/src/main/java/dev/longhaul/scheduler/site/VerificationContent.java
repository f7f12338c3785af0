package dev.longhaul.scheduler.site;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.job.VerifyJob;
import dev.longhaul.core.run.Recorded.Refusal;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.ledger.ApplicationRow;
import dev.longhaul.scheduler.ledger.ApplicationRow.Newest;
import dev.longhaul.scheduler.ledger.Overview;
import dev.longhaul.scheduler.ledger.ReadingDay;
import dev.longhaul.scheduler.ledger.Sizes;
import dev.longhaul.scheduler.page.table.Query;
import dev.longhaul.scheduler.page.verification.Coverage;
import dev.longhaul.scheduler.page.verification.DueRow;
import dev.longhaul.scheduler.page.verification.VerificationPage;
import dev.longhaul.scheduler.rest.TargetView;
import dev.longhaul.scheduler.wording.Wording;

/**
 * What the page of verifications shows. Pure.
 */
final class VerificationContent {

	/** What Longhorn makes of data unless it is told otherwise, in bytes. */
	private static final long BLOCK = 2 * 1024 * 1024;

	private final Outlook outlook;

	private final Configured configured;

	VerificationContent(Outlook outlook, Configured configured) {
		this.outlook = outlook;
		this.configured = configured;
	}

	VerificationPage page(List<ReadingDay> readings, List<dev.longhaul.scheduler.ledger.Coverage> coverage,
			List<Refusal> refusals, Overview overview, LocalDate today, Query query) {
		Map<LocalDate, ByteSize> days = readings.stream()
			.filter(day -> day.read().bytes() > 0)
			.collect(Collectors.toMap(ReadingDay::day, ReadingDay::read));
		return new VerificationPage(days, today, coverage.stream().map(this::coverage).toList(),
				VerificationPage.due(due(overview), query),
				refusals.stream().map(refusal -> "%s: %s".formatted(refusal.subject(), refusal.reason())).toList());
	}

	private Coverage coverage(dev.longhaul.scheduler.ledger.Coverage place) {
		String scope = switch (place.scope()) {
			case EVERYTHING -> "of all restore points";
			case NEWEST_OF_EACH -> "of the newest of each application; no more is known of a mirror";
		};
		return new Coverage(name(place.place()), scope, place.stored().points(),
				place.proven().points() + place.refuted().points(), place.refuted().points(), place.stored().size(),
				new ByteSize(Sizes.sum(place.proven().size().bytes(), place.refuted().size().bytes())));
	}

	/** As jobs know it. */
	private String name(String place) {
		return configured.targets()
			.stream()
			.filter(target -> target.url().equals(place))
			.map(TargetView::name)
			.findFirst()
			.orElse(place);
	}

	/** Soonest first. */
	private List<DueRow> due(Overview overview) {
		List<DueRow> due = new ArrayList<>();
		for (var job : outlook.jobs()) {
			Instant at = outlook.next(job.name());
			if (job instanceof VerifyJob verify && at != null && !verify.trigger().suspended()) {
				due.add(due(verify, at, overview));
			}
		}
		due.sort(Comparator.comparing(DueRow::at));
		return due;
	}

	/**
	 * Restore points share blocks, so the newest of each application is the least that is
	 * read; each of its volumes has a manifest, in every restore point.
	 */
	private DueRow due(VerifyJob job, Instant at, Overview overview) {
		Set<ApplicationName> names = outlook.applicationsOf(job)
			.stream()
			.map(ApplicationDefinition::name)
			.collect(Collectors.toCollection(HashSet::new));
		long points = 0;
		long bytes = 0;
		long manifests = 0;
		for (ApplicationRow row : overview.applications()) {
			Newest newest = row.newest();
			if (newest != null && names.contains(row.application())) {
				long read = Math.min(job.restorePoints(), row.points());
				points += read;
				bytes = Sizes.sum(bytes, newest.size().bytes());
				manifests += read * newest.volumes();
			}
		}
		long blocks = bytes / BLOCK + ((bytes % BLOCK > 0) ? 1 : 0);
		String what = "%s: %s of %s".formatted(job.name(), Wording.count(points, "restore point"),
				Wording.count(names.size(), "application"));
		return new DueRow(what, job.target(), at, blocks, blocks + manifests, new ByteSize(bytes));
	}

}
