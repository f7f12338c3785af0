package dev.longhaul.scheduler.scenario.backup_stalls;

import java.io.IOException;
import java.nio.file.Path;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import dev.longhaul.simulator.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a dead upload that Longhorn reports as running is found out by what the bucket
 * shows, and nobody waits for it for ever; the other application is proven. Method: the
 * upload of one volume stops silently after its first block.
 */
class BackupStallsIT {

	@TempDir
	private Path directory;

	@Test
	void aDeadUploadIsFoundOut() throws IOException {
		try (Scene scene = Scene.withTwoApplications(directory)) {
			scene.cluster()
				.faults()
				.inject(new Fault.UploadBreaks(Scene.volume("gitea", "data"), 1, Fault.How.STOPS_SILENTLY));

			Program.Ended night = scene.night();

			assertThat(night.exit()).as(night.everything()).isEqualTo(3);
			assertThat(night.out())
				.containsPattern("  gitea +✕ backup 'nightly-.*' of 'gitea/data': IN_PROGRESS at \\d+ %, "
						+ "no progress and no sign of life in the bucket since .*   \\[BACKUP_STALLED\\]\n");
			assertThat(new Traces(scene).catalog().findManifest(Scene.NIGHT).orElseThrow().manifest().failed())
				.containsOnlyKeys(new ApplicationName("gitea"));
			assertThat(new Traces(scene).catalog()
				.findProof(Scene.NIGHT)
				.orElseThrow()
				.of(new ApplicationName("vaultwarden"))
				.orElseThrow()
				.tonight()).isInstanceOf(Proof.Proven.class);
			assertThat(scene.cluster().faults().unfired()).isEmpty();
		}
	}

}
