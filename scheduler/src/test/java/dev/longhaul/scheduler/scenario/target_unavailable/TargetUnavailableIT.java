package dev.longhaul.scheduler.scenario.target_unavailable;

import java.io.IOException;
import java.nio.file.Path;

import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import dev.longhaul.simulator.fault.Fault;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a night whose target is unavailable begins nothing, says so with Longhorn's own
 * message, and is done when it is started again later. Method: the simulated Longhorn
 * loses its target until the fault is ended.
 */
class TargetUnavailableIT {

	private static final Fault FAULT = new Fault.TargetUnavailable("default");

	@TempDir
	private Path directory;

	@Test
	void beginsNothingAndIsDoneLater() throws IOException {
		try (Scene scene = Scene.withTwoApplications(directory)) {
			scene.cluster().faults().inject(FAULT);
			awaitTarget(scene, false);

			Program.Ended refused = scene.night();

			assertThat(refused.exit()).as(refused.everything()).isEqualTo(3);
			assertThat(refused.err()).startsWith("longhaul: Longhorn cannot reach its backup target 'default': ")
				.contains("   [PREFLIGHT_FAILED]\nhint: ")
				.doesNotContain("\tat ");
			assertThat(new Traces(scene).keys()).isEmpty();
			assertThat(scene.longhorn().backups()).isEmpty();

			scene.cluster().faults().end(FAULT);
			awaitTarget(scene, true);
			assertThat(scene.night().exit()).isZero();
			new Traces(scene).assertEverythingIsThereOnce(Scene.NIGHT);
		}
	}

	private static void awaitTarget(Scene scene, boolean available) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(scene.longhorn().backupTargets()).singleElement()
				.satisfies(target -> assertThat(target.available()).isEqualTo(available)));
	}

}
