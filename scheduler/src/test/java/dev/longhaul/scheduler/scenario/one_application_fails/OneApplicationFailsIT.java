package dev.longhaul.scheduler.scenario.one_application_fails;

import java.io.IOException;
import java.nio.file.Path;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import dev.longhaul.simulator.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: one application that cannot be backed up keeps no other from being proven, and is
 * reported with Longhorn's reason; a block that is damaged in the bucket is damage, not a
 * failure. Method: an engine crashes in the middle of an upload; a block is corrupted
 * after it.
 */
class OneApplicationFailsIT {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final ApplicationName VAULTWARDEN = new ApplicationName("vaultwarden");

	@TempDir
	private Path directory;

	@Test
	void theOthersAreProven() throws IOException {
		try (Scene scene = Scene.withTwoApplications(directory)) {
			scene.cluster()
				.faults()
				.inject(new Fault.UploadBreaks(Scene.volume("gitea", "data"), 1, Fault.How.ENGINE_CRASHES));

			Program.Ended night = scene.night();

			assertThat(night.exit()).as(night.everything()).isEqualTo(3);
			assertThat(night.out()).containsPattern("  gitea +✕ .*Longhorn reports: .*   \\[BACKUP_FAILED\\]\n")
				.containsPattern("  vaultwarden   snapshot 1/1 .* ok\n");
			RunProof proof = new Traces(scene).catalog().findProof(Scene.NIGHT).orElseThrow();
			assertThat(proof.of(VAULTWARDEN).orElseThrow().tonight()).isInstanceOf(Proof.Proven.class);
			assertThat(proof.of(GITEA).orElseThrow().tonight()).isInstanceOf(Proof.Unread.class);
			assertThat(scene.cluster().faults().unfired()).isEmpty();
		}
	}

	@Test
	void damageInTheBucketIsFoundAndNamed() throws IOException {
		try (Scene scene = Scene.withTwoApplications(directory)) {
			scene.cluster()
				.faults()
				.inject(new Fault.BlockDamaged(Scene.volume("gitea", "data"), 1, Fault.Damage.CORRUPT));

			Program.Ended night = scene.night();

			assertThat(night.exit()).as(night.everything()).isEqualTo(1);
			assertThat(night.out()).containsPattern("  gitea +snapshots 2/2 .* read back  ✕ .*/blocks/.*");
			RunProof proof = new Traces(scene).catalog().findProof(Scene.NIGHT).orElseThrow();
			assertThat(proof.of(GITEA).orElseThrow().tonight()).isInstanceOf(Proof.Refuted.class);
			assertThat(proof.of(VAULTWARDEN).orElseThrow().tonight()).isInstanceOf(Proof.Proven.class);
			assertThat(scene.cluster().faults().unfired()).isEmpty();
		}
	}

}
