package dev.longhaul.batch.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import dev.longhaul.batch.mirror.MirrorEvent;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.job.Applications;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A second copy of what a night has made. */
class MirrorRunTest {

	private static final Applications ALL = new Applications.All();

	@TempDir
	private Path directory;

	private NightBench bench;

	private FollowUpBench followUps;

	@BeforeEach
	void runANight() {
		bench = new NightBench(directory);
		followUps = new FollowUpBench(bench);
		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);
	}

	@AfterEach
	void close() {
		bench.close();
	}

	@Test
	void everythingIsCopiedWithWhatTheNightHasRecorded() {
		assertThat(followUps.mirror(ALL, new StopSignal())).isEqualTo(NightEnd.PROVEN);

		assertThat(followUps.copy.keys()).containsExactlyInAnyOrderElementsOf(there(bench.bucket.keys()));
		assertThat(followUps.copy.keys()).contains("copy/longhaul/runs/nightly/20261122t023000z/manifest.json",
				"copy/longhaul/runs/nightly/20261122t023000z/proof.json");
	}

	@Test
	void onlyTheVolumesOfItsApplicationsAreCopied() {
		Applications vaultwarden = new Applications.Only(Set.of(new ApplicationName("vaultwarden")));

		assertThat(followUps.mirror(vaultwarden, new StopSignal())).isEqualTo(NightEnd.PROVEN);

		assertThat(followUps.copy.keys()).anyMatch(key -> key.contains("/pvc-vaultwarden/"))
			.noneMatch(key -> key.contains("/pvc-gitea"));
	}

	@Test
	void applicationsThatNoNightKnowsAreRefusedInsteadOfCopyingEverything() {
		Applications unknown = new Applications.Only(Set.of(new ApplicationName("paperless")));

		assertThatThrownBy(() -> followUps.mirror(unknown, new StopSignal())).isInstanceOf(LonghaulException.class)
			.hasMessage("no night has recorded a volume of [paperless] that is in memory://bucket");
		assertThat(followUps.copy.keys()).isEmpty();
	}

	@Test
	void aDamagedSourceFailsTheRunAfterEverythingHealthyIsCopied() {
		String block = bench.bucket.keys()
			.stream()
			.filter(key -> key.contains("/pvc-gitea/blocks/"))
			.findFirst()
			.orElseThrow();
		bench.bucket.put(block, new byte[7]);

		assertThat(followUps.mirror(ALL, new StopSignal())).isEqualTo(NightEnd.UNPROVEN);

		assertThat(followUps.copy.keys()).anyMatch(key -> key.contains("/pvc-gitea-db/backups/"))
			.anyMatch(key -> key.contains("/pvc-vaultwarden/backups/"))
			.noneMatch(key -> key.contains("/pvc-gitea/backups/"));
		assertThat(followUps.mirrorEvents).last()
			.isInstanceOfSatisfying(MirrorEvent.Mirrored.class,
					mirrored -> assertThat(mirrored.report().hasDamage()).isTrue());
	}

	@Test
	void aDestinationThatIsDownFailsTheRunAndOneThatIsToldToStopStops() {
		followUps.copy.goDown();
		assertThatThrownBy(() -> followUps.mirror(ALL, new StopSignal())).isInstanceOf(LonghaulException.class)
			.hasMessageContaining("is down");
		StopSignal stopped = new StopSignal();
		stopped.stop();

		assertThat(followUps.mirror(ALL, stopped)).isEqualTo(NightEnd.STOPPED);
	}

	private static List<String> there(List<String> keys) {
		return keys.stream().map(key -> "copy/" + key.substring("path/".length())).toList();
	}

}
