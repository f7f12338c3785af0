package dev.longhaul.scheduler.site;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.ledger.Coverage;
import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.ledger.Overview;
import dev.longhaul.scheduler.page.Frame;
import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.overview.OverviewPage;
import dev.longhaul.scheduler.page.table.Query;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * {@code /}: all applications at one glance.
 */
@Controller
public final class OverviewSection {

	/** Within which everything should have been read back once. */
	static final Duration SPAN = Duration.ofDays(30);

	private final Ledger ledger;

	private final Outlooks outlooks;

	private final Configured configured;

	public OverviewSection(Ledger ledger, Outlooks outlooks, Configured configured) {
		this.ledger = ledger;
		this.outlooks = outlooks;
		this.configured = configured;
	}

	@Needs(Scope.READ)
	@GetMapping("/")
	Page overview(@RequestParam Map<String, String> parameters, Frame frame, Caller caller) {
		Instant now = frame.reader().now();
		Outlook outlook = outlooks.at(now);
		return page(ledger.overview(), ledger.coverage(now, SPAN), outlook, new Offers(outlook, caller), configured,
				Query.of("/", parameters), now);
	}

	/** Pure. */
	static OverviewPage page(Overview overview, List<Coverage> coverage, Outlook outlook, Offers offers,
			Configured configured, Query query, Instant now) {
		Remedies remedies = new Remedies(outlook, offers, configured);
		Holdings holdings = new Holdings(overview, coverage);
		ApplicationRows rows = new ApplicationRows(outlook, remedies, now);
		return OverviewPage.of(rows.of(overview), rows.shown(overview), query,
				configured.targets().stream().map(target -> holdings.figures(target, now)).toList(), offers.backups(),
				now);
	}

}
