package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.gitops.repository.GitLogin;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.gitops.repository.SshServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes the repository that {@code docs/definitions.md} shows, served by Git itself, as
 * that page says.
 */
class JobsWriteIT {

	private static final Path PAGE = Path.of("../docs/definitions.md");

	private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(# (\\S+)\n.*?)```", Pattern.DOTALL);

	private static final String PATH = "longhaul/jobs/nightly.yaml";

	@TempDir
	private Path directory;

	@AutoClose
	private GitServer server;

	@BeforeEach
	void serveTheExamplesOfTheDocumentation() throws IOException {
		server = GitServer.start(directory.resolve("server"));
		List<MatchResult> examples = EXAMPLE.matcher(Files.readString(PAGE)).results().toList();
		for (MatchResult example : examples) {
			server.commit(example.group(2), example.group(1));
		}
		server.lock();
	}

	@Test
	void pausesAndResumesAsTheDocumentationSays() throws IOException {
		String before = server.git("show", "main:" + PATH);

		Outcome paused = jobs("pause", "nightly", "--reason", "the bucket moves house");
		Outcome again = jobs("pause", "nightly");
		String between = server.git("show", "main:" + PATH);
		Outcome resumed = jobs("resume", "nightly");

		assertThat(paused.status()).as(paused.errors()).isZero();
		assertThat(Files.readString(PAGE)).contains(
				"$ longhaul jobs pause nightly --reason 'the bucket moves house'\n" + asDocumented(paused.out()),
				"$ longhaul jobs pause nightly\n" + asDocumented(again.out()));
		assertThat(again.status()).isZero();
		assertThat(between).isNotEqualTo(before);
		assertThat(resumed.status()).isZero();
		assertThat(server.git("show", "main:" + PATH)).isEqualTo(before);
		assertThat(server.git("log", "-2", "--format=%an: %B", "main").strip())
			.isEqualTo("Ada: longhaul: resume nightly\n\nAda: longhaul: pause nightly\n\nthe bucket moves house");
	}

	@Test
	void putsDocumentsAsTheDocumentationSays() throws IOException {
		Path file = Files.writeString(directory.resolve("nightly.yaml"), """
				apiVersion: longhaul.dev/v1
				kind: BackupJob
				metadata:
				  name: nightly
				spec:
				  schedule: "45 3 * * *"
				  timeZone: Europe/Berlin
				  jitter: 15m
				""");
		String before = server.git("show", "main:" + PATH);

		Outcome planned = jobs("put", file.toString(), "--dry-run");
		Outcome pushed = jobs("put", file.toString());
		Outcome again = jobs("put", file.toString());

		assertThat(planned.status()).as(planned.errors()).isZero();
		assertThat(Files.readString(PAGE))
			.contains("$ longhaul jobs put nightly.yaml --dry-run\n" + asDocumented(planned.out()));
		assertThat(pushed.out()).startsWith("● longhaul: change BackupJob nightly\n  commit ");
		assertThat(again.out()).startsWith("● nothing to change: it is so already in ");
		String after = server.git("show", "main:" + PATH);
		assertThat(after).startsWith("# longhaul/jobs/nightly.yaml\n").contains("45 3 * * *").doesNotContain("misfire");
		assertThat(after.substring(after.indexOf("---"))).isEqualTo(before.substring(before.indexOf("---")));
	}

	@Test
	void writesADocumentForMachines() throws IOException {
		Path file = Files.writeString(directory.resolve("hourly.yaml"), """
				apiVersion: longhaul.dev/v1
				kind: BackupJob
				metadata: {name: hourly}
				spec: {after: nobody}
				""");
		Path broken = Files.writeString(directory.resolve("broken.yaml"), "kind: BackupJob\n");

		Outcome planned = jobs("pause", "nightly", "--dry-run", "--output", "json");
		Outcome pushed = jobs("pause", "nightly", "--output", "json");
		Outcome unchanged = jobs("pause", "nightly", "--output", "json");
		Outcome refused = jobs("put", file.toString(), "--output", "json");
		Outcome unread = jobs("put", broken.toString(), "--output", "json");

		Map<String, Outcome> outcomes = Map.of("planned", planned, "pushed", pushed, "unchanged", unchanged);
		for (Map.Entry<String, Outcome> outcome : outcomes.entrySet()) {
			assertThat(Schema.of("change").violations(outcome.getValue().out())).isEmpty();
			assertThat(outcome.getValue().json().at("/outcome").asString()).isEqualTo(outcome.getKey());
			assertThat(outcome.getValue().status()).isZero();
		}
		for (Outcome outcome : List.of(refused, unread)) {
			assertThat(Schema.of("change").violations(outcome.out())).isEmpty();
			assertThat(outcome.json().at("/outcome").asString()).isEqualTo("refused");
			assertThat(outcome.status()).isEqualTo(2);
		}
		assertThat(pushed.json().at("/commit").asString()).isEqualTo(server.git("rev-parse", "main").strip());
		assertThat(pushed.json().at("/files/0/diff").asString()).contains("+  suspend: true");
		assertThat(refused.json().at("/problems/0/fact").asString()).isEqualTo("no job 'nobody' is defined");
		assertThat(unread.json().at("/problems/0/file").asString()).isEqualTo(broken.toString());
	}

	@Test
	void refusesWhatTheFolderWouldNotTakeWithItsPlace() throws IOException {
		Path file = Files.writeString(directory.resolve("hourly.yaml"), """
				apiVersion: longhaul.dev/v1
				kind: BackupJob
				metadata: {name: hourly}
				spec: {after: nobody}
				""");

		Outcome refused = jobs("put", file.toString());
		Outcome unknown = jobs("pause", "hourly");
		Outcome nowhere = new Cli().run("jobs", "pause", "nightly");

		assertThat(refused.status()).isEqualTo(2);
		assertThat(refused.out()).isEmpty();
		assertThat(refused.errors())
			.contains("longhaul/jobs/hourly.yaml:4:15: no job 'nobody' is defined\n  defined are hourly, nightly, ");
		assertThat(unknown.status()).isEqualTo(2);
		assertThat(unknown.errors()).isEqualTo("""
				longhaul: no job 'hourly' is defined   [INVALID_USAGE]
				hint: defined are nightly, weekly-proof
				""");
		assertThat(nowhere.status()).isEqualTo(2);
		assertThat(nowhere.errors()).contains("nothing says which repository to change", "LONGHAUL_GIT_URL");
	}

	@Test
	void takesTheLoginFromTheFilesOfASecretAndKeepsItOutOfEverything() throws IOException {
		Path secret = Files.createDirectory(directory.resolve("secret"));
		Files.writeString(secret.resolve("username"), GitServer.USER + "\n");
		Files.writeString(secret.resolve("password"), GitServer.TOKEN + "\n");
		Path copy = directory.resolve("copy");

		Outcome pushed = new Cli().run("jobs", "pause", "nightly", "--url", server.url(), "--credentials",
				secret.toString(), "--directory", copy.toString());
		Files.writeString(secret.resolve("password"), "a-wrong-one");
		Outcome refused = new Cli().run("jobs", "pause", "nightly", "--url", server.url(), "--credentials",
				secret.toString(), "--debug");

		assertThat(pushed.status()).as(pushed.errors()).isZero();
		assertThat(refused.status()).isEqualTo(3);
		assertThat(refused.errors()).contains("refuses the user or the token").doesNotContain("a-wrong-one");
		try (Stream<Path> files = Files.walk(copy)) {
			assertThat(files.filter(Files::isRegularFile)).isNotEmpty()
				.allSatisfy(file -> assertThat(Files.readAllBytes(file)).asString().doesNotContain(GitServer.TOKEN));
		}
	}

	@Test
	void worksOverSshFromTheProgramAsItIsShippedWithoutTheUsersOwnSettings() throws Exception {
		try (SshServer ssh = SshServer.start(directory.resolve("ssh"))) {
			GitLogin.Key login = ssh.login("key");
			Path misleading = Files.createDirectories(directory.resolve("home/.ssh")).resolve("config");
			Files.writeString(misleading, "Host *\n  HostName 192.0.2.1\n  Port 1\n");

			Program program = Program.start(directory, List.of("-Duser.home=" + directory.resolve("home")), "jobs",
					"pause", "nightly", "--url", ssh.url(server.repository()), "--credentials",
					login.file().getParent().toString());

			assertThat(program.status()).as(program.errors()).isZero();
			assertThat(program.out()).startsWith("● longhaul: pause nightly\n");
			assertThat(server.git("log", "-1", "--format=%an", "main").strip()).isEqualTo("Longhaul");
		}
	}

	private Outcome jobs(String... arguments) {
		String[] all = Stream.concat(Stream.of("jobs"), Stream.of(arguments)).toArray(String[]::new);
		return new Cli().with("LONGHAUL_GIT_URL", server.url())
			.with("LONGHAUL_GIT_USERNAME", GitServer.USER)
			.with("LONGHAUL_GIT_PASSWORD", GitServer.TOKEN)
			.with("GIT_AUTHOR_NAME", "Ada")
			.with("GIT_AUTHOR_EMAIL", "ada@example.org")
			.run(all);
	}

	/** The page has another server, and of commits only one. */
	private String asDocumented(String out) {
		return out.replace(server.url(), "https://gitea.example.org/me/homelab.git")
			.replaceAll("(commit|top of|already in) [0-9a-f]{8}", "$1 6c1f09ae");
	}

}
