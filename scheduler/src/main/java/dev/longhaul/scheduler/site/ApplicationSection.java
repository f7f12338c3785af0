package dev.longhaul.scheduler.site;

import java.time.Instant;
import java.util.Map;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.ledger.ApplicationDetails;
import dev.longhaul.scheduler.ledger.Cursor;
import dev.longhaul.scheduler.ledger.HeldPoint;
import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.page.Frame;
import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.overview.ApplicationRow;
import dev.longhaul.scheduler.page.table.Query;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * {@code /applications/…}: one application.
 */
@Controller
public final class ApplicationSection {

	/** Of one page: a season of nights. */
	private static final int POINTS = 90;

	/** No application has as many. */
	private static final int VOLUMES = 500;

	private static final String AFTER = "after";

	private final Ledger ledger;

	private final Outlooks outlooks;

	private final Configured configured;

	public ApplicationSection(Ledger ledger, Outlooks outlooks, Configured configured) {
		this.ledger = ledger;
		this.outlooks = outlooks;
		this.configured = configured;
	}

	@Needs(Scope.READ)
	@GetMapping("/applications/{name}")
	Page application(@PathVariable String name, @RequestParam Map<String, String> parameters, Frame frame,
			Caller caller) {
		ApplicationName application = known(name);
		Instant now = frame.reader().now();
		Outlook outlook = outlooks.at(now);
		Offers offers = new Offers(outlook, caller);
		ApplicationRows rows = new ApplicationRows(outlook, new Remedies(outlook, offers, configured), now);
		ApplicationRow row = ledger.application(application, now)
			.map(ApplicationDetails::row)
			.map(rows::of)
			.or(() -> outlook.application(application).map(declared -> rows.unknown(declared.name())))
			.orElseThrow(() -> unknown(name));
		return new ApplicationContent(row, outlook.application(application), offers.backups(application)).page(
				points(application, parameters.get(AFTER)), ledger.volumes(application, null, VOLUMES).entries(),
				ledger.sizes(application), Query.of("/applications/" + application, parameters));
	}

	private dev.longhaul.scheduler.ledger.Page<HeldPoint> points(ApplicationName application, @Nullable String after) {
		try {
			Cursor begin = (after != null) ? Cursor.parse(after) : null;
			return ledger.heldPoints(application, begin, POINTS);
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "nothing is known of restore points after that",
					"begin with the newest", ex);
		}
	}

	private static ApplicationName known(String name) {
		try {
			return new ApplicationName(name);
		}
		catch (IllegalArgumentException ex) {
			throw unknown(name);
		}
	}

	private static RefusedRequest unknown(String name) {
		return new RefusedRequest(FailureCode.NOT_FOUND,
				"no application '%s' is declared, and nothing is recorded of one".formatted(name),
				"the overview lists those that are");
	}

}
