package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

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
class ImportJobsIT {

	private static final Path PAGE = Path.of("../docs/definitions.md");

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
				VolumePlan.of("wiki-db", ByteSize.ofMebibytes(64), "wiki/db"));
	}

	@AfterAll
	static void stop() {
		if (cluster != null) {
			cluster.close();
		}
	}

	@BeforeEach
	void declareTheApplication() throws IOException {
		clone = Files.createDirectories(directory.resolve("homelab"));
		Path file = clone.resolve("longhaul/applications/wiki.yaml");
		Files.createDirectories(file.getParent());
		Files.writeString(file, WikiCluster.DECLARED + "    - claim: db\n");
	}

	@Test
	void writesDefinitionsIntoACloneAsTheDocumentationSaysAndNothingASecondTime() throws IOException {
		Outcome planned = importing("--repo", clone.toString(), "--dry-run");
		boolean written = Files.exists(clone.resolve("longhaul/jobs"));
		Outcome done = importing("--repo", clone.toString());
		Outcome again = importing("--repo", clone.toString());

		assertThat(planned.out()).startsWith("◌ not written to ");
		assertThat(written).isFalse();
		assertThat(done.status()).as(done.errors()).isZero();
		assertThat(Files.readString(PAGE))
			.contains("$ longhaul jobs import --repo . --kubeconfig ~/.kube/config --time-zone Europe/Berlin\n"
					+ done.out().replace(clone.toString(), ".") + "```");
		assertThat(new Cli().run("jobs", "validate", clone.toString()).out())
			.startsWith("● 1 application, 1 job: all sound\n");
		assertThat(again.out()).isEqualTo("● nothing to change: it is so already in " + clone + "\n");
	}

	@Test
	void changesTheRepositoryOfAServerByOneCommit() throws IOException {
		try (GitServer server = GitServer.start(directory.resolve("server"))) {
			server.commit("longhaul/applications/wiki.yaml", WikiCluster.DECLARED + "    - claim: db\n");

			Outcome pushed = importing("--url", server.url(), "--output", "json");
			Outcome again = importing("--url", server.url(), "--output", "json");

			assertThat(pushed.status()).as(pushed.errors()).isZero();
			assertThat(Schema.of("change").violations(pushed.out())).isEmpty();
			assertThat(server.git("log", "-1", "--format=%s", "main").strip())
				.isEqualTo("longhaul: import RecurringJob backup-all");
			assertThat(again.json().at("/outcome").asString()).isEqualTo("unchanged");
		}
	}

	@Test
	void refusesWhatWouldLeaveAVolumeBehind() throws IOException {
		Files.writeString(clone.resolve("longhaul/applications/wiki.yaml"), WikiCluster.DECLARED);

		Outcome refused = importing("--repo", clone.toString());

		assertThat(refused.status()).isEqualTo(2);
		assertThat(refused.errors()).contains(
				"RecurringJob 'backup-all' works on claims that no declared application holds: wiki/db",
				"hint: declare them first: ");
		assertThat(clone.resolve("longhaul/jobs")).doesNotExist();
	}

	@Test
	void needsACluster() {
		Outcome refused = new Cli().run("jobs", "import", "--repo", clone.toString());

		assertThat(refused.status()).isEqualTo(2);
		assertThat(refused.errors()).contains("nothing says whose RecurringJobs to import", "--kubeconfig");
	}

	private static Outcome importing(String... arguments) {
		return new Cli().run(Stream.concat(Stream.of("jobs", "import", "--kubeconfig", cluster.kubeconfig().toString(),
				"--time-zone", "Europe/Berlin"), Stream.of(arguments))
			.toArray(String[]::new));
	}

}
