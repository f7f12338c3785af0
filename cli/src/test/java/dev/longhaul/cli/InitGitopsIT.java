package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.gitops.repository.GitServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class InitGitopsIT {

	private static final Path PAGE = Path.of("../docs/definitions.md");

	private static final Path EXAMPLE = Path.of("../gitops/src/test/resources/app-of-apps");

	@TempDir
	private Path directory;

	@Test
	void changesACloneAsTheDocumentationSaysAndNothingASecondTime() throws IOException {
		Path clone = copy();

		Outcome planned = init("--repo", clone.toString(), "--dry-run");
		boolean written = Files.exists(clone.resolve("longhaul"));
		Outcome done = init("--repo", clone.toString());
		Outcome again = init("--repo", clone.toString());

		assertThat(written).isFalse();
		assertThat(planned.out()).startsWith("◌ not written to " + clone + "\n\n--- a/apps/values.yaml\n");
		assertThat(done.status()).as(done.errors()).isZero();
		String shown = done.out().substring(0, done.out().indexOf("--- /dev/null")).replace(clone.toString(), ".");
		assertThat(Files.readString(PAGE)).contains("$ longhaul gitops init --repo .\n" + shown + "```");
		assertThat(done.out()).contains("+++ b/longhaul/applications/database.yaml\n", "+    - claim: dumps\n",
				"\n◌ site/values.yaml says nothing of the claim that its chart makes: ");
		assertThat(new Cli().run("jobs", "validate", clone.toString()).out())
			.startsWith("● 1 application, 2 jobs: all sound\n");
		assertThat(again.out()).isEqualTo("● nothing to change: it is so already in " + clone + "\n");
	}

	@Test
	void changesTheRepositoryOfAServerByOneCommit() throws IOException {
		try (GitServer server = GitServer.start(directory.resolve("server"))) {
			for (String file : files()) {
				server.commit(file, Files.readString(EXAMPLE.resolve(file)));
			}

			Outcome pushed = init("--url", server.url(), "--reason", "nights", "--output", "json");
			Outcome again = init("--url", server.url(), "--output", "json");

			assertThat(pushed.status()).as(pushed.errors()).isZero();
			assertThat(Schema.of("change").violations(pushed.out())).isEmpty();
			assertThat(pushed.json().at("/outcome").asString()).isEqualTo("pushed");
			assertThat(pushed.json().at("/notes")).hasSize(2);
			assertThat(server.git("log", "-1", "--format=%B", "main").strip())
				.isEqualTo("longhaul: add to the app-of-apps\n\nnights");
			assertThat(server.git("show", "--stat=100", "--format=", "main")).contains("5 files changed");
			assertThat(again.json().at("/outcome").asString()).isEqualTo("unchanged");
		}
	}

	@Test
	void writesADocumentForMachines() throws IOException {
		Path clone = copy();

		for (String outcome : List.of("planned", "written", "unchanged")) {
			String[] dryRun = outcome.equals("planned") ? new String[] { "--dry-run" } : new String[0];
			Outcome done = init(
					Stream.concat(Stream.of("--repo", clone.toString(), "--output", "json"), Stream.of(dryRun))
						.toArray(String[]::new));

			assertThat(Schema.of("change").violations(done.out())).isEmpty();
			assertThat(done.json().at("/outcome").asString()).isEqualTo(outcome);
			assertThat(done.json().at("/directory").asString()).isEqualTo(clone.toString());
		}
	}

	@Test
	void refusesWhatIsNoAppOfAppsAndWhatIsTwoPlaces() throws IOException {
		Path empty = Files.createDirectory(directory.resolve("empty"));

		Outcome other = init("--repo", empty.toString());
		Outcome missing = init("--repo", empty.resolve("nowhere").toString());
		Outcome both = init("--repo", empty.toString(), "--url", "https://example.org/home.git");
		Outcome version = init("--repo", empty.toString(), "--chart-version", "newest");

		assertThat(other.status()).isEqualTo(2);
		assertThat(other.errors()).isEqualTo("""
				longhaul: this is no app-of-apps as it is known here: there is no apps/Chart.yaml   [INVALID_USAGE]
				hint: looked for a chart in apps/, with a list 'applications' in its values.yaml that its templates \
				make Applications of
				""");
		assertThat(missing.errors()).startsWith("longhaul: there is no directory '");
		assertThat(both.errors()).startsWith("longhaul: --repo and --url are two repositories");
		assertThat(version.errors()).startsWith("longhaul: 'newest' is no version of a chart");
		assertThat(List.of(missing.status(), both.status(), version.status())).containsOnly(2);
	}

	private static Outcome init(String... arguments) {
		return new Cli().run(Stream.concat(Stream.of("gitops", "init"), Stream.of(arguments)).toArray(String[]::new));
	}

	private Path copy() throws IOException {
		Path clone = directory.resolve("clone");
		for (String file : files()) {
			Files.createDirectories(clone.resolve(file).getParent());
			Files.copy(EXAMPLE.resolve(file), clone.resolve(file));
		}
		return clone;
	}

	private static List<String> files() throws IOException {
		try (Stream<Path> files = Files.walk(EXAMPLE)) {
			return files.filter(Files::isRegularFile).map(file -> EXAMPLE.relativize(file).toString()).toList();
		}
	}

}
