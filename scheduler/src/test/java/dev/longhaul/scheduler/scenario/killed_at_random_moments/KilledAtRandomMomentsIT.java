package dev.longhaul.scheduler.scenario.killed_at_random_moments;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import dev.longhaul.simulator.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: whenever the program is killed, the next start finishes the same night, with one
 * snapshot and one backup per volume, one manifest, one proof, and nothing left behind.
 * Method: twenty nights, each killed and then started again, every third killed twice. An
 * undisturbed night is timed between its {@link Trigger triggers}; the time after each is
 * cut into as many parts as there are kills for it, and each night is killed at a random
 * moment of a part of its own. Every other night begins with an empty database, so that
 * creating it is killed too. Everything random follows from {@code -Dseed}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledAtRandomMomentsIT {

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

			for (int number = 1; number <= moments.size(); number++) {
				Night night = night(number);
				scene.useDatabase((number % 2 == 0) ? "kept" : "new-" + number);
				scene.change(random);
				places.merge(kill(scene, night, moments.get(number - 1)), 1, Integer::sum);
				if (number % 3 == 0) {
					Moment again = new Moment(Trigger.BEGUN, Duration.ofMillis(random.nextLong(1500)));
					places.merge(kill(scene, night, again), 1, Integer::sum);
				}
				Program.Ended ended = scene.start(night).await();

				assertThat(ended.exit()).as("-Dseed=%d, %s: %s", seed, night, ended.everything()).isZero();
				new Traces(scene).assertEverythingIsThereOnce(night);
			}
		}
		say(places.entrySet()
			.stream()
			.map(place -> place.getValue() + " " + place.getKey())
			.collect(Collectors.joining(", ", "killed ", "")));
		assertThat(places).as("the kills hit the work itself")
			.containsKeys(Place.START_UP, Place.SNAPSHOTS, Place.BACKUPS, Place.READ_BACK);
	}

	/** How long after each trigger the next one happens, or the program ends. */
	private static Map<Trigger, Duration> undisturbed(Scene scene, Random random) throws IOException {
		scene.useDatabase("undisturbed");
		assertThat(scene.night().exit()).isZero();
		scene.change(random);
		Map<Trigger, Duration> durations = new EnumMap<>(Trigger.class);
		Program.Running running = scene.start(night(0));
		long since = System.nanoTime();
		Trigger last = Trigger.STARTED;
		for (Trigger trigger : Trigger.values()) {
			trigger.await(running, new Traces(scene), night(0));
			durations.put(last, Duration.ofNanos(System.nanoTime() - since));
			since = System.nanoTime();
			last = trigger;
		}
		Program.Ended ended = running.await();
		durations.put(last, Duration.ofNanos(System.nanoTime() - since));
		assertThat(ended.exit()).as(ended.everything()).isZero();
		durations.forEach((trigger, next) -> say("undisturbed: %d ms after %s".formatted(next.toMillis(), trigger)));
		return durations;
	}

	private static List<Moment> moments(Map<Trigger, Duration> durations, Random random) {
		List<Moment> moments = new ArrayList<>();
		durations.forEach((trigger, whole) -> {
			for (int part = 0; part < trigger.kills(); part++) {
				double share = (part + random.nextDouble()) / trigger.kills();
				moments.add(new Moment(trigger, Duration.ofMillis((long) (share * whole.toMillis()))));
			}
		});
		Collections.shuffle(moments, random);
		return moments;
	}

	private Place kill(Scene scene, Night night, Moment moment) throws IOException, InterruptedException {
		Traces traces = new Traces(scene);
		Footprint before = Footprint.in(scene.database(), scratch);
		Program.Running running = scene.start(night);
		moment.trigger().await(running, traces, night);
		running.process().waitFor(moment.delay().toMillis(), TimeUnit.MILLISECONDS);
		running.kill();
		long backups = traces.backups(night);
		Place place = Footprint.in(scene.database(), scratch).place(before, backups > 0);
		say("%s killed %d ms after %s: %s, %d of 3 backups asked for".formatted(night, moment.delay().toMillis(),
				moment.trigger(), place, backups));
		return place;
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

	/** When to kill. */
	private record Moment(Trigger trigger, Duration delay) {
	}

}
