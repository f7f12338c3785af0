package dev.longhaul.scheduler.site;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.page.Frame;
import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.table.Query;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * {@code /verification}: what was read back, and what is due.
 */
@Controller
public final class VerificationSection {

	/** As the calendar has columns, which begin with a Monday. */
	private static final int WEEKS = 53;

	private final Ledger ledger;

	private final Outlooks outlooks;

	private final Configured configured;

	public VerificationSection(Ledger ledger, Outlooks outlooks, Configured configured) {
		this.ledger = ledger;
		this.outlooks = outlooks;
		this.configured = configured;
	}

	/** Days are those of UTC, as the ledger counts them. */
	@Needs(Scope.READ)
	@GetMapping("/verification")
	Page verification(@RequestParam Map<String, String> parameters, Frame frame) {
		Instant now = frame.reader().now();
		LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
		return new VerificationContent(outlooks.at(now), configured).page(
				ledger.readings(today.minusWeeks(WEEKS), today.plusDays(1)), ledger.coverage(now, OverviewSection.SPAN),
				ledger.refusals(), ledger.overview(), today, Query.of("/verification", parameters));
	}

}
