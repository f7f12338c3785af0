package dev.longhaul.scheduler.scenario.killed_in_quiet_window;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: whenever the program ends while an application is quiet, the application is quiet
 * no longer than the next start-up and its own timeout, and the night is finished from
 * snapshots of one window. Method: nights over an application with a maintenance mode,
 * each killed at a random moment of a part of its own of the window, from its record on;
 * then started again. Everything random follows from {@code -Dseed}.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class KilledInQuietWindowIT {

	private static final int NIGHTS = 8;

	private static final String NIGHTLY = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: nightly}
			spec: {schedule: "0 0 1 1 *"}
			""";

	@TempDir
	private Path directory;

	private Scene scene;

	private GitServer git;

	private Cloud cloud;

	@BeforeEach
	void declareTheCloud() throws IOException {
		scene = Scene.withACloud(directory.resolve("scene"));
		cloud = Cloud.deploy(scene);
		git = GitServer.start(directory.resolve("git"));
		git.commit("longhaul/applications/cloud.yaml", Cloud.DEFINITION);
		git.commit("longhaul/jobs/nightly.yaml", NIGHTLY);
		scene.useRepository(git.url());
	}

	@AfterEach
	void close() throws IOException {
		git.close();
		scene.close();
	}

	@Test
	void theNextStartReleasesBeforeAnythingElse() throws Exception {
		long seed = Long.getLong("seed", System.nanoTime());
		say("-Dseed=" + seed);
		Random random = new Random(seed);
		Duration window = undisturbed();
		int killedQuiet = 0;

		for (int number = 1; number <= NIGHTS; number++) {
			Night night = night(number);
			Program.Running running = scene.start(night);
			awaitRecord(running);
			if (number % 2 == 0) {
				awaitMaintenance(running);
			}
			double share = (number - 1 + random.nextDouble()) / NIGHTS;
			running.process().waitFor((long) (share * window.toMillis()), TimeUnit.MILLISECONDS);
			running.kill();
			boolean quiet = cloud.inMaintenance();
			killedQuiet += quiet ? 1 : 0;
			say("%s killed %d %% of a window after its %s, %s".formatted(night, Math.round(share * 100),
					(number % 2 == 0) ? "maintenance began" : "record",
					quiet ? "in maintenance" : "not in maintenance"));

			if (quiet) {
				assertReleasedByAStartThatCanDoNothingElse(night);
			}
			Program.Ended ended = scene.start(night).await();

			assertThat(ended.exit()).as("-Dseed=%d, %s: %s", seed, night, ended.everything()).isZero();
			assertReleased();
			assertOneMoment(night);
		}

		assertThat(killedQuiet).as("the kills hit the maintenance mode").isGreaterThanOrEqualTo(NIGHTS / 4);
		assertThat(cloud.quiets()).allSatisfy(quiet -> assertThat(quiet.lasted()).isLessThan(Duration.ofMinutes(1)));
	}

	@Test
	void aProgramThatIsToldToStopReleasesFirst() throws Exception {
		Night night = night(1);
		Program.Running running = scene.start(night);
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollInterval(Duration.ofMillis(20))
			.until(cloud::inMaintenance);

		running.process().destroy();
		Program.Ended ended = running.await();

		assertThat(ended.exit()).as(ended.everything()).isEqualTo(4);
		assertReleased();
		assertThat(scene.start(night).await().exit()).isZero();
		assertOneMoment(night);
	}

	@Test
	void aCloudThatWasInMaintenanceStaysInMaintenance() throws Exception {
		cloud.switchOn();

		Program.Ended ended = scene.start(night(1)).await();

		assertThat(ended.exit()).as(ended.everything()).isZero();
		assertThat(cloud.inMaintenance()).isTrue();
		assertThat(scene.quietRecords().all().records()).isEmpty();
	}

	/** Whatever else is wrong at the next start, releasing comes before it. */
	private void assertReleasedByAStartThatCanDoNothingElse(Night night) throws IOException {
		scene.useEndpoint(URI.create("http://127.0.0.1:1"));
		Instant restarted = Clock.systemUTC().instant();
		Program.Ended ended = scene.start(night).await();
		scene.useEndpoint(scene.bucketEndpoint());

		assertThat(ended.exit()).as(ended.everything()).isEqualTo(3);
		assertThat(ended.err()).contains("application 'cloud' had been left quiet by " + night);
		assertReleased();
		Cloud.Quiet left = cloud.quiets().get(cloud.quiets().size() - 1);
		assertThat(Duration.between(left.from(), restarted)).isLessThan(Cloud.TIMEOUT);
		say("released %d ms after the next start".formatted(Duration.between(restarted, left.to()).toMillis()));
	}

	/** How long it is from the record of a window until it is gone. */
	private Duration undisturbed() throws IOException {
		Program.Running running = scene.start(night(0));
		awaitRecord(running);
		Instant from = Clock.systemUTC().instant();
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> scene.quietRecords().all().records().isEmpty());
		Duration window = Duration.between(from, Clock.systemUTC().instant());
		Program.Ended ended = running.await();
		assertThat(ended.exit()).as(ended.everything()).isZero();
		assertThat(ended.out()).contains("snapshots 2/2").contains(", quiet ");
		say("undisturbed, a window takes %d ms, of them %d ms in maintenance".formatted(window.toMillis(),
				cloud.quiets().get(0).lasted().toMillis()));
		return window;
	}

	private void awaitRecord(Program.Running running) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> !scene.quietRecords().all().records().isEmpty() || !running.process().isAlive());
	}

	/**
	 * A machine that is slower at one night than at the next still has some of them
	 * killed in it.
	 */
	private void awaitMaintenance(Program.Running running) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> cloud.inMaintenance() || !running.process().isAlive());
	}

	private void assertReleased() {
		assertThat(cloud.inMaintenance()).isFalse();
		assertThat(scene.quietRecords().all().records()).isEmpty();
		assertThat(scene.quietRecords().all().unreadable()).isEmpty();
	}

	/** Both snapshots are of the same time in maintenance. */
	private void assertOneMoment(Night night) throws IOException {
		RunManifest manifest = new Traces(scene).catalog().findManifest(night).orElseThrow().manifest();
		assertThat(manifest.failed()).isEmpty();
		RestorePoint point = manifest.restorePoints().get(0);
		List<Cloud.Quiet> quiets = cloud.quiets();
		assertThat(quiets).as("one holds all of %s", point)
			.anySatisfy(quiet -> assertThat(point.backups()).allSatisfy(
					backup -> assertThat(backup.snapshotAt()).isBetween(quiet.from().minusSeconds(1), quiet.to())));
	}

	private static Night night(int number) {
		return new Night(Scene.NIGHT.job(), Scene.NIGHT.scheduledFor().plus(Duration.ofMinutes(1 + number)));
	}

	private static void say(String line) {
		System.out.println("killed_in_quiet_window: " + line);
	}

}
