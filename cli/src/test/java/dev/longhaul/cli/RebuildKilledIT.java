package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.deploy.ArgoApplication;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.ClusterPlan.Software;
import dev.longhaul.simulator.SimulatedCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the rebuild of a whole cluster that is killed at any moment is finished by the
 * same command; no volume is restored twice, and nothing that was there is touched.
 * Method: the program is killed with no chance to tidy up at fifty random moments, in as
 * many clusters as that takes.
 */
class RebuildKilledIT {

	private static final int KILLS = 50;

	/** A run that goes on needs some seconds to see where it is. */
	private static final int LATEST_KILL_MILLIS = 12_000;

	private static final long SEED = 20261124;

	@TempDir
	private static Path shared;

	private static Homelab homelab;

	private final RandomKills kills = new RandomKills(KILLS, LATEST_KILL_MILLIS, SEED);

	@TempDir
	private Path directory;

	@BeforeAll
	static void loseTheCluster() throws IOException {
		homelab = Homelab.lost(shared);
	}

	@AfterAll
	static void closeTheBucket() throws IOException {
		if (homelab != null) {
			homelab.close();
		}
	}

	@Test
	void aRebuildThatIsKilledAnywhereIsFinishedByTheSameCommand() throws IOException, InterruptedException {
		for (int attempt = 0; kills.areLeft(); attempt++) {
			Path place = Files.createDirectories(directory.resolve("cluster-" + attempt));
			try (SimulatedCluster cluster = SimulatedCluster
				.start(ClusterPlan.in(place, Clock.systemUTC()).withSoftware(Software.ARGO_CD));
					LonghornConnection there = LonghornConnection.fromKubeconfig(cluster.kubeconfig(), null,
							CredentialPlugins.REFUSED, SimulatedCluster.NAMESPACE, Clock.systemUTC())) {
				rebuild(cluster, there, place);
			}
		}
	}

	private void rebuild(SimulatedCluster cluster, LonghornConnection there, Path place)
			throws IOException, InterruptedException {
		cluster.kubectl().create("""
				apiVersion: v1
				kind: Namespace
				metadata: {name: nextcloud, labels: {mine: "yes"}}
				""");
		RestoredOnce once = new RestoredOnce();
		boolean finished = false;
		while (!finished) {
			finished = kills.letFinish(start(cluster, place));
			if (there.restores().isServed()) {
				once.look(there);
			}
		}
		assertThat(there.argoApplications("argocd").list().orElseThrow()).as("after %d kills", kills.done())
			.hasSize(13)
			.allSatisfy(RebuildKilledIT::assertWell);
		assertContents(cluster);
		assertThat(there.restores().find("Namespace", "nextcloud").orElseThrow().text("metadata", "labels", "mine"))
			.as("what was there is as it was")
			.hasValue("yes");
		assertThat(there.cluster().volumes()).as("but for valkey's, all are restored").hasSize(7);
	}

	private static void assertWell(ArgoApplication application) {
		assertThat(application.standing()).as(application.toString()).isEqualTo("Synced, Healthy");
		assertThat(application.paused()).as(application.toString()).isFalse();
	}

	private void assertContents(SimulatedCluster cluster) throws IOException {
		for (Map.Entry<String, Map<VolumeName, String>> application : Homelab.VOLUMES.entrySet()) {
			Night night = new Night(new JobName(application.getKey() + "-nightly"), Homelab.NIGHT);
			for (VolumeName volume : application.getValue().keySet()) {
				assertThat(cluster.contentHash(volume)).as("after %d kills, volume '%s'", kills.done(), volume)
					.isEqualTo(cluster.contentHash(volume,
							night.backupName(new ApplicationName(application.getKey()), volume)));
			}
		}
	}

	private Program start(SimulatedCluster cluster, Path place) throws IOException {
		return Program.start(place, List.of(), "restore", "run", "--kit", homelab.kit().toString(), "--passphrase-file",
				homelab.passphrase().toString(), "--keep-in", place.toString(), "--kubeconfig",
				cluster.kubeconfig().toString());
	}

}
