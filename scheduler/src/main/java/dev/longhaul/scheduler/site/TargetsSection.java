package dev.longhaul.scheduler.site;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.MirrorJob;
import dev.longhaul.core.job.VerifyJob;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.ledger.Freshness;
import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.ledger.SeenPlace;
import dev.longhaul.scheduler.page.Frame;
import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.table.Query;
import dev.longhaul.scheduler.page.target.TargetRow;
import dev.longhaul.scheduler.page.target.TargetsPage;
import dev.longhaul.scheduler.rest.TargetView;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * {@code /targets}: where backups lie.
 */
@Controller
public final class TargetsSection {

	private final Ledger ledger;

	private final Outlooks outlooks;

	private final Configured configured;

	public TargetsSection(Ledger ledger, Outlooks outlooks, Configured configured) {
		this.ledger = ledger;
		this.outlooks = outlooks;
		this.configured = configured;
	}

	@Needs(Scope.READ)
	@GetMapping("/targets")
	Page targets(@RequestParam Map<String, String> parameters, Frame frame) {
		Instant now = frame.reader().now();
		Holdings holdings = new Holdings(ledger.overview(), ledger.coverage(now, OverviewSection.SPAN));
		List<JobDefinition> jobs = outlooks.at(now).jobs();
		List<TargetRow> rows = configured.targets()
			.stream()
			.map(target -> row(target, ledger.place(target.url()), ledger.freshness(), holdings, jobs))
			.toList();
		return new TargetsPage(TargetsPage.table(rows, Query.of("/targets", parameters)));
	}

	/**
	 * Pure. Longhorn's own target is asked all the time; of a mirror only its jobs tell.
	 */
	static TargetRow row(TargetView target, Optional<SeenPlace> seen, Freshness freshness, Holdings holdings,
			List<JobDefinition> jobs) {
		boolean own = target.role().equals("target");
		Place place = new Place(target.url(), target.medium(), target.site(),
				seen.map(known -> known.place().immutable()).orElse(Answer.UNKNOWN),
				seen.map(known -> known.place().immutabilityEvidence()).orElse("no night has looked yet"));
		Instant lastSeen = own ? freshness.completeAt() : seen.map(SeenPlace::lastSeen).orElse(null);
		String failure = own ? freshness.failure() : seen.map(SeenPlace::failure).orElse(null);
		Answer reachable = (failure != null) ? Answer.FAILS : (lastSeen != null) ? Answer.HOLDS : Answer.UNKNOWN;
		String reason = (reachable == Answer.UNKNOWN) ? "nobody has asked it yet" : "";
		return new TargetRow(target.name(), place, reachable, (failure != null) ? failure : reason, lastSeen,
				holdings.newest(target), usedBy(target, jobs));
	}

	private static List<JobName> usedBy(TargetView target, List<JobDefinition> jobs) {
		return jobs.stream().filter(job -> uses(job, target)).map(JobDefinition::name).toList();
	}

	private static boolean uses(JobDefinition job, TargetView target) {
		if (job instanceof BackupJob) {
			return target.role().equals("target");
		}
		if (job instanceof MirrorJob mirror) {
			return List.of(mirror.from(), mirror.to()).contains(target.name());
		}
		return job instanceof VerifyJob verify && verify.target().equals(target.name());
	}

}
