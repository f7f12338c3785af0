package dev.longhaul.scheduler.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.ApplicationRecord.Judged;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.ledger.ApplicationRow;
import dev.longhaul.scheduler.ledger.Freshness;
import dev.longhaul.scheduler.ledger.Overview;
import dev.longhaul.scheduler.ledger.Trend;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ApplicationMetersTest {

	private static final Instant NIGHT = Instant.parse("2026-11-22T02:30:00Z");

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final ApplicationName NEW = new ApplicationName("new");

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final ApplicationMeters meters = new ApplicationMeters(registry);

	@Test
	void tellsHowAnApplicationStands() {
		meters.show(overview(gitea()), Map.of(GITEA, Duration.ofMillis(1250)));

		assertThat(registry.scrape()).contains(
				"longhaul_newest_backup_timestamp_seconds{application=\"gitea\"} %s".formatted(prometheus(NIGHT)),
				"longhaul_newest_proof_timestamp_seconds{application=\"gitea\"} %s"
					.formatted(prometheus(NIGHT.minusSeconds(86400))),
				"longhaul_restore_point_size_bytes{application=\"gitea\"} 4194304.0",
				"longhaul_restore_points{application=\"gitea\"} 7.0",
				"longhaul_quiet_window_seconds{application=\"gitea\"} 1.25",
				"longhaul_clause{answer=\"fails\",application=\"gitea\",clause=\"errors\"} 1.0",
				"longhaul_clause{answer=\"holds\",application=\"gitea\",clause=\"errors\"} 0.0",
				"longhaul_clause{answer=\"unknown\",application=\"gitea\",clause=\"errors\"} 0.0",
				"longhaul_clause{answer=\"holds\",application=\"gitea\",clause=\"copies\"} 1.0",
				"longhaul_ledger_refresh_timestamp_seconds %s".formatted(prometheus(NIGHT.plusSeconds(60))),
				"longhaul_refused_documents 3.0");
	}

	@Test
	void saysNothingOfWhatIsNotKnownAndUnknownOfWhatWasNeverJudged() {
		meters.show(overview(new ApplicationRow(NEW, null, null, null, 0, new Trend(List.of()))), Map.of());

		assertThat(registry.scrape())
			.contains("longhaul_clause{answer=\"unknown\",application=\"new\",clause=\"copies\"} 1.0")
			.doesNotContain("longhaul_newest_proof_timestamp_seconds{", "longhaul_quiet_window_seconds{");
	}

	@Test
	void forgetsAnApplicationThatIsGone() {
		meters.show(overview(gitea()), Map.of());

		meters.show(overview(), Map.of());

		assertThat(registry.scrape()).doesNotContain("gitea");
	}

	@Test
	void isNotANumberBeforeTheBucketWasRead() {
		assertThat(registry.scrape()).contains("longhaul_ledger_refresh_timestamp_seconds NaN",
				"longhaul_refused_documents NaN");
	}

	private static Overview overview(ApplicationRow... rows) {
		return new Overview(List.of(rows), 3, new Freshness(NIGHT.plusSeconds(60), null, null));
	}

	private static ApplicationRow gitea() {
		Verdict verdict = new Verdict(GITEA, Arrays.stream(Clause.values())
			.map(clause -> new Judgement(clause, (clause == Clause.ERRORS) ? Answer.FAILS : Answer.HOLDS, "evidence"))
			.toList());
		return new ApplicationRow(GITEA, new Judged(verdict, NIGHT), NIGHT.minusSeconds(86400),
				new ApplicationRow.Newest(new Night(new JobName("nightly"), NIGHT), NIGHT, 2, ByteSize.ofMebibytes(4)),
				7, new Trend(List.of()));
	}

	/** As its text format has large numbers. */
	private static String prometheus(Instant moment) {
		return Double.toString((double) moment.getEpochSecond());
	}

}
