package dev.longhaul.scheduler.scenario.killed_at_random_moments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

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
 * Goal: whenever the program is killed, the next start finishes the same night, with one
 * snapshot and one backup per volume, one manifest, one proof, and nothing left behind.
 * Method: twenty nights, each killed and then started again, every third killed twice.
 * The time an undisturbed night takes is cut into as many parts as there are nights, a
 * few of them while the program starts up; each night is killed at a random moment of a
 * part of its own. Every other night begins with an empty database, so that creating it
 * is killed too. Everything random follows from {@code -Dseed}.
 */
class KilledAtRandomMomentsIT {

	private static final int NIGHTS = 20;

	private static final int IN_START_UP = 3;

	@TempDir
	private Path directory;

	@TempDir
	private Path scratch;

	@Test
	void everyNightIsFinishedOnceAndWhole() throws Exception {
		long seed = Long.getLong("seed", System.nanoTime());
		say("-Dseed=" + seed);
		Random random = new Random(seed);
		Map<Place, Integer> places = new EnumMap<>(Place.class);
		try (Scene scene = Scene.withTwoApplications(directory)) {
			scene.cluster().faults().inject(slow("gitea", "data"));
			scene.cluster().faults().inject(slow("vaultwarden", "data"));
			List<Moment> moments = moments(undisturbed(scene, random), random);

			for (int number = 1; number <= NIGHTS; number++) {
				Night night = night(number);
				scene.useDatabase((number % 2 == 0) ? "kept" : "new-" + number);
				scene.change(random);
				for (int kill = 0; kill < ((number % 3 == 0) ? 2 : 1); kill++) {
					places.merge(kill(scene, night, moments.get((number - 1 + 7 * kill) % NIGHTS)), 1, Integer::sum);
				}
				Program.Ended ended = scene.start(night).await();

				assertThat(ended.exit()).as("-Dseed=%d, %s: %s", seed, night, ended.everything()).isZero();
				new Traces(scene).assertEverythingIsThereOnce(night);
			}
		}
		say("killed " + places);
		assertThat(places).as("the kills hit the work itself")
			.containsKeys(Place.SNAPSHOTS, Place.BACKUPS, Place.READ_BACK);
	}

	/** How long a night takes until it begins to work, and from then on. */
	private static Timing undisturbed(Scene scene, Random random) throws IOException {
		scene.useDatabase("undisturbed");
		scene.start(Scene.NIGHT).await();
		scene.change(random);
		long start = System.nanoTime();
		Program.Running running = scene.start(night(0));
		awaitBegun(running);
		long begun = System.nanoTime();
		Program.Ended ended = running.await();
		assertThat(ended.exit()).as(ended.everything()).isZero();
		Timing timing = new Timing(Duration.ofNanos(begun - start), Duration.ofNanos(System.nanoTime() - begun));
		say("an undisturbed night takes %d ms to start up and %d ms to work".formatted(timing.startUp().toMillis(),
				timing.work().toMillis()));
		return timing;
	}

	private static List<Moment> moments(Timing timing, Random random) {
		List<Moment> moments = new ArrayList<>();
		for (int part = 0; part < NIGHTS; part++) {
			boolean startsUp = part < IN_START_UP;
			double share = startsUp ? (part + random.nextDouble()) / IN_START_UP
					: (part - IN_START_UP + random.nextDouble()) / (NIGHTS - IN_START_UP);
			Duration whole = startsUp ? timing.startUp() : timing.work();
			moments.add(new Moment(!startsUp, Duration.ofMillis((long) (share * whole.toMillis()))));
		}
		Collections.shuffle(moments, random);
		return moments;
	}

	private Place kill(Scene scene, Night night, Moment moment) throws IOException, InterruptedException {
		Program.Running running = scene.start(night);
		if (moment.afterItBegan()) {
			awaitBegun(running);
		}
		boolean over = running.process().waitFor(moment.delay().toMillis(), TimeUnit.MILLISECONDS);
		running.kill();
		long backups = new Traces(scene).backups(night);
		Place place = over ? Place.OVER : Place.of(scene.database(), scratch, backups > 0);
		say("%s killed %d ms after it %s: %s, %d of 3 backups asked for".formatted(night, moment.delay().toMillis(),
				moment.afterItBegan() ? "began" : "was started", place, backups));
		return place;
	}

	private static void awaitBegun(Program.Running running) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> !running.process().isAlive() || Files.size(running.out()) > 0);
	}

	private static Fault slow(String application, String claim) {
		return new Fault.SlowUpload(Scene.volume(application, claim), ByteSize.ofMebibytes(3));
	}

	private static Night night(int number) {
		return new Night(Scene.NIGHT.job(), Scene.NIGHT.scheduledFor().plus(Duration.ofMinutes(1 + number)));
	}

	private static void say(String line) {
		System.out.println("killed_at_random_moments: " + line);
	}

	/** How long an undisturbed night takes. */
	private record Timing(Duration startUp, Duration work) {
	}

	/**
	 * When to kill.
	 *
	 * @param afterItBegan whether the delay counts from the first line the program
	 * prints, or from its start
	 */
	private record Moment(boolean afterItBegan, Duration delay) {
	}

}
