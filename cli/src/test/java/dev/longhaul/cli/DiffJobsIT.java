package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.VolumePlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Against the simulated cluster, over HTTP.
 */
class DiffJobsIT {

	private static final Path PAGE = Path.of("../docs/definitions.md");

	private static final String NIGHTLY = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata:
			  name: nightly
			spec:
			  schedule: "30 2 * * *"
			""";

	@TempDir
	private static Path shared;

	private static SimulatedCluster cluster;

	@TempDir
	private Path directory;

	private Path clone;

	@BeforeAll
	static void startACluster() throws IOException {
		cluster = WikiCluster.start(shared.resolve("cluster"),
				VolumePlan.of("wiki-pages", ByteSize.ofMebibytes(64), "wiki/pages"),
				VolumePlan.of("chat-data", ByteSize.ofMebibytes(64), "chat/data"));
	}

	@AfterAll
	static void stop() {
		if (cluster != null) {
			cluster.close();
		}
	}

	@BeforeEach
	void declareOneOfTwoApplications() throws IOException {
		clone = directory.resolve("homelab");
		write("longhaul/applications/wiki.yaml", WikiCluster.DECLARED);
		write("longhaul/jobs/nightly.yaml", NIGHTLY);
	}

	@Test
	void saysWhatRunsAndIsNotInGitAndTheReverseAsTheDocumentationSays() throws IOException {
		Path bucket = bucketWithNights("old/20260901t023000z", "nightly/20261121t023000z");

		Outcome outcome = diff("--repo", clone.toString(), "--target", "file://" + bucket);

		assertThat(outcome.status()).as(outcome.errors()).isEqualTo(1);
		assertThat(outcome.errors()).isEmpty();
		assertThat(Files.readString(PAGE))
			.contains("$ longhaul jobs diff --repo . --kubeconfig ~/.kube/config --target file:///mnt/nas\n"
					+ outcome.out() + "```");
	}

	@Test
	void comparesTheNewestOfAServerAndWritesADocumentForMachines() throws IOException {
		try (GitServer server = GitServer.start(directory.resolve("server"))) {
			server.commit("longhaul/applications/wiki.yaml", WikiCluster.DECLARED);
			server.commit("longhaul/jobs/nightly.yaml", NIGHTLY);

			Outcome outcome = diff("--url", server.url(), "--output", "json");

			assertThat(outcome.status()).as(outcome.errors()).isEqualTo(1);
			assertThat(Schema.of("drift").violations(outcome.out())).isEmpty();
			assertThat(outcome.json().at("/findings/0/kind").asString()).isEqualTo("recurring-job-conflict");
			assertThat(outcome.json().at("/findings/0/file").asString()).isEqualTo("longhaul/applications/wiki.yaml");
			assertThat(outcome.json().at("/findings/0/line").asInt()).isEqualTo(4);
			assertThat(outcome.json().at("/notLookedAt/0/source").asString()).isEqualTo("target");
		}
	}

	@Test
	void whatCouldNotBeAskedIsNotFine() {
		Outcome outcome = new Cli().run("jobs", "diff", "--repo", clone.toString());

		assertThat(outcome.status()).isZero();
		assertThat(outcome.out()).isEqualTo("""
				Not looked at
				  ◌ the cluster: --kubeconfig names no cluster
				  ◌ the target: --target names no place with nights

				◌ no difference in what was looked at
				""");
	}

	@Test
	void aClusterThatIsAwayIsNotEmpty() throws IOException {
		Path kubeconfig = Files.writeString(directory.resolve("away"), """
				apiVersion: v1
				kind: Config
				current-context: away
				contexts: [{name: away, context: {cluster: away, user: away}}]
				clusters: [{name: away, cluster: {server: "http://127.0.0.1:1"}}]
				users: [{name: away, user: {token: any}}]
				""");

		Outcome outcome = new Cli().run("jobs", "diff", "--repo", clone.toString(), "--kubeconfig",
				kubeconfig.toString());

		assertThat(outcome.status()).isEqualTo(3);
		assertThat(outcome.out()).isEmpty();
		assertThat(outcome.errors()).contains("did not list volumes.longhorn.io");
	}

	@Test
	void aMistakeInTheDefinitionsIsToldInstead() throws IOException {
		write("longhaul/jobs/nightly.yaml", NIGHTLY.replace("30 2", "99 2"));

		Outcome outcome = diff("--repo", clone.toString());

		assertThat(outcome.status()).isEqualTo(2);
		assertThat(outcome.errors()).startsWith("longhaul/jobs/nightly.yaml:6:13: ");
	}

	private static Outcome diff(String... arguments) {
		String[] all = new String[arguments.length + 4];
		System.arraycopy(new String[] { "jobs", "diff", "--kubeconfig", cluster.kubeconfig().toString() }, 0, all, 0,
				4);
		System.arraycopy(arguments, 0, all, 4, arguments.length);
		return new Cli().run(all);
	}

	private Path bucketWithNights(String... nights) throws IOException {
		Path bucket = directory.resolve("bucket");
		for (String night : nights) {
			Path manifest = bucket.resolve("longhaul/runs").resolve(night).resolve("manifest.json");
			Files.createDirectories(manifest.getParent());
			Files.writeString(manifest, "{}");
		}
		return bucket;
	}

	private void write(String file, String text) throws IOException {
		Path path = clone.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}

}
