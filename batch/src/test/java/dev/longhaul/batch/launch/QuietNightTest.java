package dev.longhaul.batch.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.profile.OwnProfile;
import dev.longhaul.core.profile.QuietStep;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nights over an application that is made quiet, by a clock that only waiting moves.
 */
class QuietNightTest {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final Place PLACE = new Place(new Workload(Workload.Kind.DEPLOYMENT, "gitea", "gitea"), null);

	private static final OwnProfile MAINTENANCE = new OwnProfile(List.of(new QuietStep.Run("maintenance mode", "",
			PLACE, List.of("on"), List.of("off"), List.of("check"), Duration.ofSeconds(30))), Duration.ofMinutes(2));

	@TempDir
	private Path directory;

	private NightBench bench;

	@BeforeEach
	void open() {
		bench = new NightBench(directory);
		bench.quietGitea(MAINTENANCE);
	}

	@AfterEach
	void close() {
		bench.close();
	}

	@Test
	void isQuietForItsSnapshotsAndReleasedBeforeItsBackups() {
		bench.run(event -> {
			if (event instanceof NightEvent.Uploading) {
				assertThat(bench.workloads.maintenance).isFalse();
			}
		}, new StopSignal());

		assertThat(bench.workloads.calls).containsExactly("all", "create", "check", "replace", "on", "check", "off",
				"delete");
		assertThat(bench.events(NightEvent.SnapshotsReady.class)).filteredOn(ready -> ready.application().equals(GITEA))
			.singleElement()
			.satisfies(ready -> assertThat(ready.quiet()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(20)));
		assertThat(bench.catalog.findManifest(NightBench.NIGHT).orElseThrow().manifest().failed()).isEmpty();
	}

	/** What the killed window had taken may be of two moments. */
	@Test
	void snapshotsOfAWindowThatWasKilledAreNotUsed() {
		// all, create, check, replace, on; dies at the check behind the snapshots
		bench.workloads.dieAt(6, true);
		bench.run();
		assertThat(bench.workloads.maintenance).isTrue();
		bench.workloads.live();

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(bench.workloads.maintenance).isFalse();
		assertThat(bench.workloads.records).isEmpty();
		assertThat(bench.cluster.asked().stream().filter(asked -> asked.startsWith("snapshot pvc-gitea"))).hasSize(4);
		assertThat(giteas().backups()).allSatisfy(backup -> assertThat(backup.snapshot().value()).endsWith("-2"));
		assertThat(giteas().spread()).isLessThan(Duration.ofSeconds(1));
	}

	@Test
	void whatWasBegunIsFinishedFromTheSnapshotsOfItsOwnWindow() {
		StopSignal stop = new StopSignal();
		bench.run(event -> {
			if (event instanceof NightEvent.Uploading uploading && uploading.application().equals(GITEA)) {
				stop.stop();
				throw new Interruption("told to stop");
			}
		}, stop);
		assertThat(bench.cluster.asked()).contains("backup pvc-gitea").doesNotContain("backup pvc-gitea-db");
		int calls = bench.workloads.calls.size();

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		assertThat(bench.workloads.calls.subList(calls, bench.workloads.calls.size())).containsExactly("all");
		assertThat(giteas().spread()).isLessThan(Duration.ofSeconds(1));
	}

	@Test
	void aRestIsNotMixedWithSnapshotsOfAnotherMoment() {
		StopSignal stop = new StopSignal();
		bench.run(event -> {
			if (event instanceof NightEvent.Uploading uploading && uploading.application().equals(GITEA)) {
				stop.stop();
				throw new Interruption("told to stop");
			}
		}, stop);
		bench.cluster.forgetSnapshots();

		assertThat(bench.run()).isEqualTo(NightEnd.UNPROVEN);

		RunManifest manifest = bench.catalog.findManifest(NightBench.NIGHT).orElseThrow().manifest();
		assertThat(manifest.failed().get(GITEA)).startsWith("NOT_QUIET: snapshot 'nightly-")
			.endsWith("is gone, and another one would be of another moment than the backups that are begun");
	}

	@Test
	void anApplicationThatCannotBeReleasedFailsLoudlyAndTheOthersGoOn() {
		bench.workloads.exits("off", 1);

		assertThat(bench.run()).isEqualTo(NightEnd.UNPROVEN);

		assertThat(bench.events(NightEvent.Failed.class)).singleElement()
			.satisfies(failed -> assertThat(failed.failure().code()).isEqualTo(FailureCode.NOT_RELEASED));
		assertThat(bench.workloads.records).containsKey(GITEA);
		assertThat(bench.catalog.findManifest(NightBench.NIGHT).orElseThrow().manifest().restorePoints()).hasSize(1);
	}

	private RestorePoint giteas() {
		return bench.catalog.findManifest(NightBench.NIGHT)
			.orElseThrow()
			.manifest()
			.restorePoints()
			.stream()
			.filter(point -> point.application().equals(GITEA))
			.findFirst()
			.orElseThrow();
	}

}
