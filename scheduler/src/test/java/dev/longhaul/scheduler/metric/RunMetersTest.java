package dev.longhaul.scheduler.metric;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunFigures;
import dev.longhaul.scheduler.run.RunFigures.StoreUse;
import dev.longhaul.scheduler.run.RunId;
import dev.longhaul.scheduler.run.RunKind;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.run.RunRecord;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.threeten.extra.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

class RunMetersTest {

	private static final Instant DUE = Instant.parse("2026-11-22T02:30:00Z");

	private static final RunOutcome FAILED = new RunOutcome.Failed(FailureCode.TARGET_UNREACHABLE, "no", "look");

	private final MutableClock clock = MutableClock.of(DUE, ZoneOffset.UTC);

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final RunMeters meters = new RunMeters(registry, clock);

	@Test
	void tellsForHowLongARunHasBeenUnderWayUntilItIsOver() {
		meters.started(run(1, new RunOutcome.Running(), null));
		clock.add(Duration.ofSeconds(90));

		assertThat(registry.scrape())
			.contains("longhaul_run_active_seconds{job_name=\"nightly\",kind=\"backup\"} 90.0");

		meters.ended(run(1, new RunOutcome.Proven(), DUE.plusSeconds(90)));

		assertThat(registry.scrape()).doesNotContain("longhaul_run_active_seconds{")
			.contains("longhaul_run_seconds_sum{job_name=\"nightly\",kind=\"backup\",outcome=\"proven\"} 90.0",
					"longhaul_last_run{job_name=\"nightly\",kind=\"backup\",outcome=\"proven\"} 1.0",
					"longhaul_last_run{job_name=\"nightly\",kind=\"backup\",outcome=\"failed\"} 0.0");
	}

	@Test
	void countsFailuresByTheirCode() {
		meters.ended(run(1, FAILED, DUE.plusSeconds(1)));
		meters.ended(run(2, FAILED, DUE.plusSeconds(1)));

		assertThat(registry.scrape()).contains(
				"longhaul_run_failures_total{code=\"TARGET_UNREACHABLE\",job_name=\"nightly\"} 2.0",
				"longhaul_last_run{job_name=\"nightly\",kind=\"backup\",outcome=\"failed\"} 1.0");
	}

	@Test
	void remembersHowTheLastRunEndedBeforeTheProgramWasStarted() {
		meters.remember(List.of(run(3, new RunOutcome.Running(), null), run(2, FAILED, DUE.plusSeconds(1)),
				run(1, new RunOutcome.Proven(), DUE.plusSeconds(1))));

		assertThat(registry.scrape())
			.contains("longhaul_last_run{job_name=\"nightly\",kind=\"backup\",outcome=\"failed\"} 1.0");
	}

	@Test
	void countsWhatTheRunsOfAJobHaveCalledAndWhatOfThemFailed() {
		RunFigures figures = new RunFigures(List.of(new StoreUse("default", 3, 40, 5, 100, 2_000_000)),
				new TreeMap<>(Map.of("BACKUP_STALLED", 2L)));
		meters.ended(run(1, new RunOutcome.Unproven(), DUE.plusSeconds(1), figures));
		meters.ended(run(2, new RunOutcome.Unproven(), DUE.plusSeconds(1), figures));

		assertThat(registry.scrape()).contains(
				"longhaul_run_store_calls_total{class=\"b\",job_name=\"nightly\",target=\"default\"} 80.0",
				"longhaul_run_store_transfer_bytes_total{direction=\"received\",job_name=\"nightly\",target=\"default\"} 4000000.0",
				"longhaul_run_part_failures_total{code=\"BACKUP_STALLED\",job_name=\"nightly\"} 4.0");
	}

	private static RunRecord run(int number, RunOutcome outcome, @Nullable Instant ended) {
		return run(number, outcome, ended, null);
	}

	private static RunRecord run(int number, RunOutcome outcome, @Nullable Instant ended,
			@Nullable RunFigures figures) {
		return new RunRecord(new RunId("019aa9a4-6f0%d-7000-8000-000000000001".formatted(number)),
				new JobName("nightly"), RunKind.BACKUP, DUE, 1, new RunCause.ByTheClock(), "40db5536", DUE, ended,
				outcome, figures);
	}

}
