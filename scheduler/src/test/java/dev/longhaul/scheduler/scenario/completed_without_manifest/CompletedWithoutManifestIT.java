package dev.longhaul.scheduler.scenario.completed_without_manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import dev.longhaul.simulator.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: Longhorn's report of completion proves nothing. A manifest that comes late is
 * waited for; one that never comes fails the application with a message of its own.
 * Method: the simulated Longhorn reports completion early.
 */
class CompletedWithoutManifestIT {

	@TempDir
	private Path directory;

	@Test
	void aManifestThatComesLateIsWaitedFor() throws IOException {
		try (Scene scene = Scene.withTwoApplications(directory)) {
			scene.cluster()
				.faults()
				.inject(new Fault.ManifestLate(Scene.volume("gitea", "data"), Duration.ofSeconds(1)));

			Program.Ended night = scene.night();

			assertThat(night.exit()).as(night.everything()).isZero();
			new Traces(scene).assertEverythingIsThereOnce(Scene.NIGHT);
			assertThat(scene.cluster().faults().unfired()).isEmpty();
		}
	}

	@Test
	void aManifestThatNeverComesIsAFailure() throws IOException {
		try (Scene scene = Scene.withTwoApplications(directory)) {
			scene.cluster().faults().inject(new Fault.ManifestMissing(Scene.volume("gitea", "data")));

			Program.Ended night = scene.night();

			assertThat(night.exit()).as(night.everything()).isEqualTo(3);
			assertThat(new Traces(scene).catalog()
				.findManifest(Scene.NIGHT)
				.orElseThrow()
				.manifest()
				.failed()
				.get(new ApplicationName("gitea")))
				.matches("BACKUP_FAILED: backup 'nightly-.*' of 'gitea/data': Longhorn reports completion since .*, "
						+ "but the bucket holds (no manifest of it|only the placeholder of its manifest)");
			assertThat(scene.cluster().faults().unfired()).isEmpty();
		}
	}

}
