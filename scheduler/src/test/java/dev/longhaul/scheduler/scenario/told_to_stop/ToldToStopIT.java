package dev.longhaul.scheduler.scenario.told_to_stop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import dev.longhaul.simulator.fault.Fault;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: SIGTERM ends the program soon and with its own exit code, and the next start goes
 * on with the same night without being told which. Method: the signal is sent while a
 * slow upload runs.
 */
class ToldToStopIT {

	@TempDir
	private Path directory;

	@Test
	void stopsSoonAndGoesOn() throws IOException {
		try (Scene scene = Scene.withTwoApplications(directory)) {
			Fault slow = new Fault.SlowUpload(Scene.volume("gitea", "data"), ByteSize.ofKibibytes(512));
			scene.cluster().faults().inject(slow);
			Night night = new Night(Scene.NIGHT.job(), Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS));
			Program.Running running = scene.start(night);
			Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !scene.longhorn().backups().isEmpty());

			running.process().destroy();
			Program.Ended stopped = running.await();

			assertThat(stopped.exit()).as(stopped.everything()).isEqualTo(4);
			assertThat(stopped.err())
				.startsWith("longhaul: %s was told to stop   [INTERRUPTED]\nhint: run the same ".formatted(night));
			assertThat(new Traces(scene).catalog().findManifest(night)).isEmpty();

			scene.cluster().faults().end(slow);
			Program.Ended finished = scene.startUnnamed().await();
			assertThat(finished.exit()).as(finished.everything()).isZero();
			new Traces(scene).assertEverythingIsThereOnce(night);
			assertThat(new Traces(scene).keys()).as("proofs").filteredOn(key -> key.endsWith("/proof.json")).hasSize(1);
		}
	}

}
