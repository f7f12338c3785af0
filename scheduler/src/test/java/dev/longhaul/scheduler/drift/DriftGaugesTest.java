package dev.longhaul.scheduler.drift;

import java.util.List;

import dev.longhaul.gitops.drift.Drift;
import dev.longhaul.gitops.drift.DriftKind;
import dev.longhaul.gitops.drift.Finding;
import dev.longhaul.gitops.drift.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DriftGaugesTest {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final DriftGauges gauges = new DriftGauges(registry);

	private final DriftNews news = new DriftNews();

	@Test
	void beforeTheFirstLookNothingIsKnown() {
		assertThat(registry.getMeters()).hasSize(DriftKind.values().length);
		assertThat(gauge(DriftKind.JOB_SUSPENDED)).isNaN();
	}

	@Test
	void countsByKindAndSaysNothingOfWhatNobodyCouldAsk() {
		gauges.hold(drift(List.of(suspended("a"), suspended("b")), Source.CLUSTER));

		assertThat(gauge(DriftKind.JOB_SUSPENDED)).isEqualTo(2);
		assertThat(gauge(DriftKind.JOB_OVERDUE)).isZero();
		assertThat(gauge(DriftKind.VOLUME_UNPROTECTED)).isNaN();
	}

	@Test
	void onlyWhatHasChangedIsTold() {
		assertThat(news.of(drift(List.of(suspended("a")))))
			.containsExactly("drift: BackupJob 'a': suspended; resume it");
		assertThat(news.of(drift(List.of(suspended("a"))))).isEmpty();
		assertThat(news.of(drift(List.of(suspended("b"))))).containsExactly(
				"drift: BackupJob 'b': suspended; resume it", "no drift any more: BackupJob 'a': suspended");
	}

	@Test
	void whatCannotBeAskedIsSaidOnceAndEndsNoDrift() {
		Finding unprotected = new Finding(DriftKind.VOLUME_UNPROTECTED, "claim 'wiki/pages'", "held by none",
				"declare it", null);
		news.of(drift(List.of(unprotected)));

		assertThat(news.of(drift(List.of(), Source.CLUSTER)))
			.containsExactly("drift is not known of the cluster: it is away");
		assertThat(news.of(drift(List.of(), Source.CLUSTER))).isEmpty();
		assertThat(news.of(drift(List.of(unprotected)))).isEmpty();
		assertThat(news.of(drift(List.of()))).containsExactly("no drift any more: claim 'wiki/pages': held by none");
	}

	private double gauge(DriftKind kind) {
		return registry.get("longhaul.drift").tag("kind", kind.word()).gauge().value();
	}

	private static Drift drift(List<Finding> findings, Source... unseen) {
		return new Drift(findings,
				List.of(unseen).stream().map(source -> new Drift.NotLookedAt(source, "it is away")).toList());
	}

	private static Finding suspended(String job) {
		return new Finding(DriftKind.JOB_SUSPENDED, "BackupJob '%s'".formatted(job), "suspended", "resume it", null);
	}

}
