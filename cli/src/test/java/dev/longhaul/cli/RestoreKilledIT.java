package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.VolumePlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a restore that is killed at any moment is finished by another run of its plan;
 * nothing is restored twice, and nothing that was there is touched. Method: the program
 * is killed with no chance to tidy up at fifty random moments, in as many clusters as
 * that takes; what is restored is compared with what the bucket holds.
 */
class RestoreKilledIT {

	private static final int KILLS = 50;

	/** Of a run, if it is not killed, on a machine that does other things too. */
	private static final int LATEST_KILL_MILLIS = 6000;

	private static final long SEED = 20261123;

	private static final Instant NIGHT = Instant.parse("2026-11-08T01:30:00Z");

	private static final List<String> APPLICATIONS = List.of("gitea", "vault", "wiki");

	private static final VolumeName STRANGER = new VolumeName("pvc-stranger");

	@TempDir
	private static Path shared;

	private static NightsInCluster lost;

	private static Path plan;

	private final RandomKills kills = new RandomKills(KILLS, LATEST_KILL_MILLIS, SEED);

	@TempDir
	private Path directory;

	@BeforeAll
	static void loseACluster() throws IOException {
		lost = NightsInCluster.start(shared);
		for (String application : APPLICATIONS) {
			String claim = application + "/data";
			lost.night(application, lost.volume("pvc-" + application, claim), claim, NIGHT);
		}
		lost.lose();
		plan = Files.writeString(shared.resolve("plan.json"),
				lost.cli().run("restore", "plan", "--target", NightsInCluster.URL, "--output", "json").out());
	}

	@AfterAll
	static void closeTheBucket() throws IOException {
		if (lost != null) {
			lost.close();
		}
	}

	@Test
	void aRunThatIsKilledAnywhereIsFinishedByAnother() throws IOException, InterruptedException {
		for (int attempt = 0; kills.areLeft(); attempt++) {
			Path place = Files.createDirectories(directory.resolve("cluster-" + attempt));
			try (SimulatedCluster cluster = SimulatedCluster.start(ClusterPlan.in(place, Clock.systemUTC()));
					LonghornConnection there = LonghornConnection.fromKubeconfig(cluster.kubeconfig(), null,
							CredentialPlugins.REFUSED, SimulatedCluster.NAMESPACE, Clock.systemUTC())) {
				restore(cluster, there, place);
			}
		}
	}

	private void restore(SimulatedCluster cluster, LonghornConnection there, Path place)
			throws IOException, InterruptedException {
		cluster.createVolume(VolumePlan.of(STRANGER.value(), ByteSize.ofMebibytes(64), "stranger/data")
			.withContents(files -> Files.writeString(files.resolve("mine"), "keep me")));
		cluster.attach(STRANGER);
		String stranger = cluster.contentHash(STRANGER).value();
		RestoredOnce once = new RestoredOnce();
		boolean finished = false;
		while (!finished) {
			finished = kills.letFinish(start(cluster, place));
			once.look(there);
		}
		for (String application : APPLICATIONS) {
			VolumeName volume = new VolumeName("pvc-" + application);
			assertThat(cluster.contentHash(volume)).as("after %d kills, volume '%s'", kills.done(), volume)
				.isEqualTo(cluster.contentHash(volume, new Night(new JobName(application + "-nightly"), NIGHT)
					.backupName(new ApplicationName(application), volume)));
			assertThat(there.restores().isBound(new ClaimRef(application, "data"), volume.value())).isTrue();
		}
		assertThat(cluster.contentHash(STRANGER)).hasToString(stranger);
		assertThat(there.cluster().volumes()).hasSize(APPLICATIONS.size() + 1);
	}

	private Program start(SimulatedCluster cluster, Path place) throws IOException {
		return Program.start(place, lost.variables(), List.of(), "restore", "run", "--plan", plan.toString(),
				"--journal", place.resolve("journal").toString(), "--kubeconfig", cluster.kubeconfig().toString());
	}

}
