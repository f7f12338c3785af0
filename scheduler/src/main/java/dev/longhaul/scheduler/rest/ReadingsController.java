package dev.longhaul.scheduler.rest;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.ledger.ReadingDay;
import dev.longhaul.scheduler.rest.Paging.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/verification/readings}: what was read back, day by day.
 */
@RestController
public final class ReadingsController {

	private static final int USUAL_DAYS = 30;

	private final Ledger ledger;

	private final Clock clock;

	public ReadingsController(Ledger ledger, Clock clock) {
		this.ledger = ledger;
		this.clock = clock;
	}

	/** A day is short, so they come in one part. */
	@Needs(Scope.READ)
	@GetMapping("/api/v1/verification/readings")
	Page<ReadingView> readings(@RequestParam(required = false) @Nullable String from,
			@RequestParam(required = false) @Nullable String until) {
		LocalDate end = (until != null) ? day(until) : LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
		LocalDate begin = (from != null) ? day(from) : end.minusDays(USUAL_DAYS);
		try {
			return new Page<>(ledger.readings(begin, end).stream().map(ReadingView::of).toList(), null);
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, String.valueOf(ex.getMessage()), "ask for fewer days",
					ex);
		}
	}

	private static LocalDate day(String text) {
		try {
			if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
				return LocalDate.parse(text);
			}
			throw noDay(null);
		}
		catch (DateTimeException ex) {
			throw noDay(ex);
		}
	}

	private static RefusedRequest noDay(@Nullable DateTimeException cause) {
		return new RefusedRequest(FailureCode.INVALID_USAGE, "'from' or 'until' is no day", "a day is like 2026-11-22",
				cause);
	}

	/**
	 * @param proven restore points that were read and right; one that was read twice
	 * counts twice
	 * @param refuted that were read and damaged
	 * @param blocks of those that were right
	 * @param bytes of those blocks
	 */
	record ReadingView(LocalDate day, int proven, int refuted, long blocks, long bytes) {

		static ReadingView of(ReadingDay day) {
			return new ReadingView(day.day(), day.proven(), day.refuted(), day.blocks(), day.read().bytes());
		}

	}

}
