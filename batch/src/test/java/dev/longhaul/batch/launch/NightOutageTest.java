package dev.longhaul.batch.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.run.RunManifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A cluster that does not answer for a while, at different moments of a night. One
 * application is worked on after the other, so that a single thread moves the clock and
 * every run is the same.
 */
class NightOutageTest {

	private static final String[] EVERYTHING_ONCE = { "snapshot pvc-vaultwarden", "snapshot pvc-gitea",
			"snapshot pvc-gitea-db", "backup pvc-vaultwarden", "backup pvc-gitea", "backup pvc-gitea-db" };

	private static final Duration SHORTER_THAN_SILENCE = Duration.ofMinutes(8);

	private static final Duration LONGER_THAN_SILENCE = Duration.ofMinutes(11);

	@TempDir
	private Path directory;

	private NightBench bench;

	@BeforeEach
	void open() {
		bench = new NightBench(directory);
		bench.oneAfterTheOther();
	}

	@AfterEach
	void close() {
		bench.close();
	}

	@ParameterizedTest
	@ValueSource(classes = { NightEvent.SnapshotsReady.class, NightEvent.Uploading.class, NightEvent.BackedUp.class })
	void aClusterThatIsAwayForAWhileIsWaitedForOnceSomethingIsBegun(Class<? extends NightEvent> moment) {
		AtomicReference<Instant> back = new AtomicReference<>(Instant.MAX);

		NightEnd end = bench.run(atFirst(moment, () -> {
			bench.cluster.goDownFor(SHORTER_THAN_SILENCE);
			back.set(bench.time.instant().plus(SHORTER_THAN_SILENCE));
		}), new StopSignal());

		assertThat(end).isEqualTo(NightEnd.PROVEN);
		assertThat(bench.time.instant()).isAfter(back.get());
		assertThat(bench.cluster.asked()).containsExactlyInAnyOrder(EVERYTHING_ONCE);
	}

	@Test
	void aClusterThatStaysAwayDuringABackupIsGivenUpAndTheNextStartFinishes() {
		NightEnd end = bench.run(
				atFirst(NightEvent.Uploading.class, () -> bench.cluster.goDownFor(LONGER_THAN_SILENCE)),
				new StopSignal());

		assertThat(end).isEqualTo(NightEnd.UNPROVEN);
		RunManifest manifest = bench.catalog.findManifest(NightBench.NIGHT).orElseThrow().manifest();
		assertThat(manifest.failed().get(new ApplicationName("vaultwarden")))
			.startsWith("CLUSTER_UNREACHABLE: backup 'nightly-")
			.contains("of 'vaultwarden/data': the cluster has not answered since 2026-11-22T02:3")
			.endsWith(": the cluster is down");
		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);
		assertThat(bench.cluster.asked()).containsExactlyInAnyOrder(EVERYTHING_ONCE);
	}

	@Test
	void aClusterThatIsAwayAtTheBeginningIsNotWaitedForLong() {
		Instant start = bench.time.instant();
		bench.cluster.goDownFor(SHORTER_THAN_SILENCE);

		assertThatThrownBy(bench::run)
			.isInstanceOfSatisfying(TransientFailure.class,
					(failure) -> assertThat(failure.code()).isEqualTo(FailureCode.CLUSTER_UNREACHABLE))
			.hasMessage("the cluster is down");

		assertThat(Duration.between(start, bench.time.instant())).isBetween(Duration.ofMinutes(1),
				Duration.ofSeconds(65));
		assertThat(bench.cluster.asked()).isEmpty();
	}

	private static Consumer<NightEvent> atFirst(Class<? extends NightEvent> moment, Runnable action) {
		AtomicBoolean happened = new AtomicBoolean();
		return (event) -> {
			if (moment.isInstance(event) && happened.compareAndSet(false, true)) {
				action.run();
			}
		};
	}

}
