package dev.longhaul.scheduler.scenario.drift_told;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.scheduler.scenario.Declared;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: whoever reads the server's log sees where cluster and Git differ, and when they
 * agree again. Method: of two applications one is declared, then both.
 */
class DriftToldIT {

	@TempDir
	private Path directory;

	private Scene scene;

	private GitServer git;

	@BeforeEach
	void declareOneOfTwoApplications() throws IOException {
		scene = Scene.withTwoApplications(directory.resolve("scene"));
		git = GitServer.start(directory.resolve("git"));
		scene.useRepository(git.url());
		git.commit("longhaul/applications/vaultwarden.yaml", Declared.application("vaultwarden", "data"));
		git.commit("longhaul/jobs/nightly.yaml", """
				apiVersion: longhaul.dev/v1
				kind: BackupJob
				metadata: {name: nightly}
				spec:
				  schedule: "* * 1 1 *"
				  suspend: true
				""");
	}

	@AfterEach
	void close() throws IOException {
		git.close();
		scene.close();
	}

	@Test
	void saysWhatDiffersAndWhatDoesNotAnyMore() throws IOException {
		scene.cluster().kubectl().create("""
				apiVersion: longhorn.io/v1beta2
				kind: RecurringJob
				metadata: {name: hourly, namespace: longhorn-system}
				spec: {name: hourly, task: snapshot, cron: "0 * * * *", groups: [default], retain: 3, concurrency: 1}
				""");

		Program.Running server = scene.startServing();
		await(server, "drift: BackupJob 'nightly': suspended; ");
		git.commit("longhaul/applications/gitea.yaml", Declared.application("gitea", "data", "db"));
		await(server, "no drift any more: claim 'gitea/db': ");
		server.process().destroy();

		assertThat(server.await().out())
			.contains(
					"drift: RecurringJob 'hourly': snapshot at '0 * * * *' in the time of the kube-controller-manager, "
							+ "retain 3, on vaultwarden/data (vaultwarden); ")
			.contains("drift: claim 'gitea/data': volume gitea-data of 32 MiB is held by no declared application; ");
	}

	private static void await(Program.Running server, String line) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(150))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> server.printed().contains(line));
	}

}
