package dev.longhaul.scheduler.rest;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.ApplicationRecord.Judged;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.ledger.ApplicationDetails;
import dev.longhaul.scheduler.ledger.ApplicationRow;
import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.rest.ApplicationView.VerdictView;
import dev.longhaul.scheduler.rest.Paging.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/verdicts}: the five clauses of every application and nothing else, for
 * whoever only wants to know what is wrong.
 */
@RestController
public final class VerdictsController {

	private static final String PATH = "/api/v1/verdicts";

	private final Ledger ledger;

	private final Clock clock;

	public VerdictsController(Ledger ledger, Clock clock) {
		this.ledger = ledger;
		this.clock = clock;
	}

	/** By name; what was never judged is unknown. */
	@Needs(Scope.READ)
	@GetMapping(PATH)
	Page<ApplicationVerdictView> list(@RequestParam(required = false) @Nullable String overall,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit) {
		Predicate<ApplicationRow> wanted = wanted(overall);
		return Paging.of(cursor, limit)
			.page((after, most) -> ApplicationsController.byName(ledger, wanted, after, most),
					row -> row.application().value(), ApplicationVerdictView::of);
	}

	private static Predicate<ApplicationRow> wanted(@Nullable String overall) {
		if (overall == null) {
			return row -> true;
		}
		Answer answer = Arrays.stream(Answer.values())
			.filter(known -> known.name().toLowerCase(Locale.ROOT).equals(overall))
			.findFirst()
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_USAGE, "no verdict is 'overall'",
					"it is one of holds, fails, unknown"));
		return row -> row.overall() == answer;
	}

	@Needs(Scope.READ)
	@GetMapping(PATH + "/{application}")
	ApplicationVerdictView one(@PathVariable String application) {
		return ledger.application(ApplicationsController.application(application), clock.instant())
			.map(ApplicationDetails::row)
			.map(ApplicationVerdictView::of)
			.orElseThrow(() -> ApplicationsController.unknown(application));
	}

	/**
	 * @param verdict null if it was never judged
	 * @param newestProven the time of the data of the newest proven restore point; null
	 * if there is none
	 */
	record ApplicationVerdictView(String application, @Nullable VerdictView verdict, @Nullable Instant newestProven) {

		static ApplicationVerdictView of(ApplicationRow row) {
			Judged judged = row.judged();
			return new ApplicationVerdictView(row.application().value(),
					(judged != null) ? VerdictView.of(judged) : null, row.newestProven());
		}

	}

}
