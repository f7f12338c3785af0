package dev.longhaul.scheduler.rest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.longhaul.core.run.Recorded.Refusal;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.ledger.Coverage;
import dev.longhaul.scheduler.ledger.Freshness;
import dev.longhaul.scheduler.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/ledger} and {@code /api/v1/coverage}: how far what the server tells is
 * to be believed, and how much of what lies in the bucket was read back.
 */
@RestController
public final class LedgerController {

	private static final Duration SPAN = Duration.ofDays(30);

	private final Ledger ledger;

	private final Clock clock;

	public LedgerController(Ledger ledger, Clock clock) {
		this.ledger = ledger;
		this.clock = clock;
	}

	@Needs(Scope.READ)
	@GetMapping("/api/v1/ledger")
	LedgerView ledger() {
		Freshness freshness = ledger.freshness();
		return new LedgerView(freshness.completeAt(), freshness.failingSince(), freshness.failure(),
				ledger.refusals().stream().map(RefusalView::of).toList());
	}

	@Needs(Scope.READ)
	@GetMapping("/api/v1/coverage")
	List<CoverageView> coverage() {
		return ledger.coverage(clock.instant(), SPAN).stream().map(CoverageView::of).toList();
	}

	/**
	 * @param completeAt what was in the bucket then, the server knows; null if it was
	 * never read to its end
	 * @param failingSince null if the last attempt did not fail
	 * @param failure of the last attempt; null if it did not fail
	 * @param refusals documents that are not believed
	 */
	record LedgerView(@Nullable Instant completeAt, @Nullable Instant failingSince, @Nullable String failure,
			List<RefusalView> refusals) {
	}

	record RefusalView(String subject, String reason) {

		static RefusalView of(Refusal refusal) {
			return new RefusalView(refusal.subject(), refusal.reason());
		}

	}

	/**
	 * @param scope {@code everything}, or {@code newest_of_each} where no more is known
	 * @param share of the bytes that was read back within 30 days, from 0 to 1
	 */
	record CoverageView(String place, String scope, AmountView stored, AmountView proven, AmountView refuted,
			double share) {

		static CoverageView of(Coverage coverage) {
			return new CoverageView(coverage.place(), coverage.scope().name().toLowerCase(Locale.ROOT),
					AmountView.of(coverage.stored()), AmountView.of(coverage.proven()),
					AmountView.of(coverage.refuted()), coverage.share());
		}

	}

	record AmountView(long restorePoints, long bytes) {

		static AmountView of(Coverage.Amount amount) {
			return new AmountView(amount.points(), amount.size().bytes());
		}

	}

}
