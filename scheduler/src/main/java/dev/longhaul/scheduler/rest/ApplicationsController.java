package dev.longhaul.scheduler.rest;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.ledger.ApplicationRow;
import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.rest.Paging.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/applications}: how they stand, and their restore points, as far as the
 * ledger knows.
 */
@RestController
public final class ApplicationsController {

	private static final String PATH = "/api/v1/applications";

	private static final String POINTS = PATH + "/{name}/restore-points";

	private final Ledger ledger;

	private final Clock clock;

	public ApplicationsController(Ledger ledger, Clock clock) {
		this.ledger = ledger;
		this.clock = clock;
	}

	@Needs(Scope.READ)
	@GetMapping(PATH)
	Page<ApplicationView> list(@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit) {
		return Paging.of(cursor, limit)
			.page((after, most) -> byName(ledger, row -> true, after, most), row -> row.application().value(),
					row -> ApplicationView.of(row, null));
	}

	/**
	 * Those that are wanted, by name.
	 * @param after the name that they come after; empty for all
	 */
	static List<ApplicationRow> byName(Ledger ledger, Predicate<ApplicationRow> wanted, String after, int most) {
		return ledger.overview()
			.applications()
			.stream()
			.filter(row -> row.application().value().compareTo(after) > 0 && wanted.test(row))
			.sorted(Comparator.comparing(row -> row.application().value()))
			.limit(most)
			.toList();
	}

	@Needs(Scope.READ)
	@GetMapping(PATH + "/{name}")
	ApplicationView one(@PathVariable String name) {
		return ledger.application(application(name), clock.instant())
			.map(details -> ApplicationView.of(details.row(), details.longestGap()))
			.orElseThrow(() -> unknown(name));
	}

	/** Newest first. */
	@Needs(Scope.READ)
	@GetMapping(POINTS)
	Page<RestorePointView> points(@PathVariable String name, @RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit) {
		ApplicationName application = application(name);
		return LedgerPages.page(Paging.of(cursor, limit),
				(after, most) -> ledger.restorePoints(application, after, most), RestorePointView::of);
	}

	@Needs(Scope.READ)
	@GetMapping(POINTS + "/{job}/{scheduledFor}")
	RestorePointView.Details point(@PathVariable String name, @PathVariable String job,
			@PathVariable String scheduledFor) {
		return ledger.restorePoint(application(name), night(job, scheduledFor))
			.map(RestorePointView.Details::of)
			.orElseThrow(() -> noNight(job, scheduledFor));
	}

	private static Night night(String job, String scheduledFor) {
		try {
			return new Night(new JobName(job), Instant.parse(scheduledFor));
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			throw noNight(job, scheduledFor);
		}
	}

	private static RefusedRequest noNight(String job, String scheduledFor) {
		return new RefusedRequest(FailureCode.NOT_FOUND,
				"no restore point of it is recorded of '%s' at '%s'".formatted(job, scheduledFor),
				"GET /api/v1/applications/{name}/restore-points lists them; an instant is like 2026-11-22T02:30:00Z");
	}

	/**
	 * @throws RefusedRequest if no application has such a name
	 */
	static ApplicationName application(String name) {
		try {
			return new ApplicationName(name);
		}
		catch (IllegalArgumentException ex) {
			throw unknown(name);
		}
	}

	static RefusedRequest unknown(String name) {
		return new RefusedRequest(FailureCode.NOT_FOUND, "nothing is recorded of an application '%s'".formatted(name),
				"GET /api/v1/applications lists them");
	}

}
