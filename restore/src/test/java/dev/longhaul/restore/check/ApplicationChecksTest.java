package dev.longhaul.restore.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.profile.NextcloudProfile;
import dev.longhaul.core.profile.Profile;
import dev.longhaul.core.workload.Mount;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.restore.check.CheckAnswer.Failed;
import dev.longhaul.restore.check.CheckAnswer.NotChecked;
import dev.longhaul.restore.check.CheckAnswer.Passed;
import dev.longhaul.restore.pod.LocalShell;
import dev.longhaul.restore.repository.RepositoryOutcome;
import dev.longhaul.restore.repository.RepositoryStanding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * With a real shell, and a real server, SQLite and curl where this machine has them.
 */
class ApplicationChecksTest {

	private static final Place PLACE = new Place(new Workload(Workload.Kind.DEPLOYMENT, "cloud", "app"), "app");

	private static final Passed READY = new Passed("pods of deployment 'app' in 'cloud'", "1 of 1 ready");

	@TempDir
	private Path directory;

	private LocalShell pod;

	private HttpServer server;

	private int status = 200;

	private String body = "";

	private String path = "";

	@BeforeEach
	void start() throws IOException {
		pod = new LocalShell(directory.resolve("programs"));
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", exchange -> {
			path = exchange.getRequestURI().getPath();
			byte[] answer = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, answer.length);
			exchange.getResponseBody().write(answer);
			exchange.close();
		});
		server.start();
	}

	@AfterEach
	void stop() {
		server.stop(0);
	}

	@Test
	void nextcloudSaysItself() throws IOException {
		nextcloud("PHP Warning: {old}\n{\"installed\":true,\"version\":\"31.0.8.1\",\"versionstring\":\"31.0.8\","
				+ "\"edition\":\"\",\"maintenance\":false,\"needsDbUpgrade\":false}", 0);

		assertThat(checkNextcloud()).containsExactly(READY,
				new Passed("occ status", "version 31.0.8, installed, not in maintenance mode, no upgrade needed"));
	}

	/** Every snapshot of a night is taken in maintenance mode. */
	@Test
	void nextcloudThatWasRestoredInMaintenanceModeFails() throws IOException {
		nextcloud("{\"installed\":true,\"versionstring\":\"31.0.8\",\"maintenance\":true,\"needsDbUpgrade\":true}", 0);

		assertThat(checkNextcloud().get(1)).isInstanceOfSatisfying(Failed.class, failed -> {
			assertThat(failed.why())
				.isEqualTo("its database is older than its program 31.0.8; it is in maintenance mode, "
						+ "perhaps since the night that took its snapshots");
			assertThat(failed.hint()).contains("'occ upgrade'", "'occ maintenance:data-fingerprint'",
					"'occ maintenance:mode --off', in container 'app' of deployment 'app' in 'cloud'");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"{\"installed\":false,\"versionstring\":\"\",\"maintenance\":false,\"needsDbUpgrade\":false} | 0 | not installed",
			"Doctrine: connection refused | 1 | occ fails: Doctrine: connection refused",
			"nothing | 0 | occ fails: nothing" })
	void nextcloudThatDoesNotWorkFails(String printed, int exit, String why) throws IOException {
		nextcloud(printed, exit);

		assertThat(checkNextcloud().get(1)).isInstanceOfSatisfying(Failed.class,
				failed -> assertThat(failed.why()).contains(why));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "{\"installed\":\"yes\"}", "{\"installed\":true}",
			"{{{{", "{\"installed\":true,\"versionstring\":7,\"maintenance\":false,\"needsDbUpgrade\":false}" })
	void whatCannotBeReadShowsNothing(String printed) throws IOException {
		nextcloud(printed, 0);

		assertThat(checkNextcloud().get(1)).isInstanceOfSatisfying(NotChecked.class,
				answer -> assertThat(answer.reason()).startsWith("what occ printed cannot be read: {"));
	}

	@Test
	void nextcloudElsewhereIsNotChecked() {
		assertThat(check("library/nextcloud:31-apache", null).get(1))
			.isEqualTo(new NotChecked("occ status", "the container has no /var/www/html/config/config.php"));
	}

	@Test
	void vaultwardenAnswersAndItsDatabaseIsWhole() throws IOException {
		require("curl");
		vault("INSERT INTO users VALUES (1); INSERT INTO ciphers VALUES (1), (2);");
		pod.with("ROCKET_PORT", port()).with("DOMAIN", "https://vault.example.org/vault/");
		body = "\"2026-11-23T19:00:00Z\"";

		assertThat(check("docker.io/vaultwarden/server:1.34.3@sha256:ab", null)).containsExactly(READY,
				new Passed("Vaultwarden's /alive", "answers (curl)"),
				new Passed("Vaultwarden's database", "SQLite finds it whole: 1 rows in users, 2 rows in ciphers"));
		assertThat(path).isEqualTo("/vault/alive");
	}

	@Test
	void vaultwardenThatDoesNotAnswerAndADamagedDatabaseFail() throws IOException {
		require("curl");
		vault("INSERT INTO ciphers VALUES (hex(randomblob(9000))), (hex(randomblob(9000)));");
		try (var file = Files.newByteChannel(directory.resolve("db.sqlite3"), StandardOpenOption.WRITE)) {
			file.position(4096).write(ByteBuffer.wrap(new byte[8192]));
		}
		pod.with("ROCKET_PORT", port());
		status = 500;

		List<CheckAnswer> answers = check("vaultwarden/server", null);

		assertThat(answers.get(1)).isInstanceOfSatisfying(Failed.class,
				failed -> assertThat(failed.why()).startsWith("curl ended with 22: ").contains("500"));
		assertThat(answers.get(2)).isInstanceOfSatisfying(Failed.class,
				failed -> assertThat(failed.why()).startsWith("SQLite says: "));
	}

	@Test
	void ofAVaultNothingIsAssumed() throws IOException {
		pod.with("DATA_FOLDER", directory.toString()).with("ROCKET_PORT", port());
		assertThat(check("vaultwarden/server", null).get(2)).isInstanceOf(Failed.class)
			.extracting(CheckAnswer::told)
			.isEqualTo("Vaultwarden's database failed: there is no db.sqlite3 in its data folder");

		pod.with("DATABASE_URL", "postgresql://vault:secret@db/vault");
		assertThat(check("vaultwarden/server", null).get(2))
			.isEqualTo(new NotChecked("Vaultwarden's database", "it is not SQLite: DATABASE_URL names a server"));
	}

	@Test
	void giteaSaysItself() {
		require("curl");
		pod.with("GITEA__server__HTTP_PORT", port());
		body = "{\n  \"status\": \"pass\",\n  \"checks\": {\"database:ping\": [{\"status\": \"pass\"}]}\n}";
		assertThat(check("docker.gitea.com/gitea:1.24.3-rootless", null)).containsExactly(READY,
				new Passed("Gitea's /api/healthz", "passes, with its database and its cache"));
		assertThat(path).isEqualTo("/api/healthz");

		status = 503;
		body = "{\"status\": \"fail\", \"checks\": {\"database:ping\": []}}";
		assertThat(check("gitea/gitea:1.24", null).get(1)).isInstanceOfSatisfying(Failed.class,
				failed -> assertThat(failed.why()).startsWith("it says 'fail': {"));

		body = "<html>404";
		assertThat(check("gitea/gitea:1.24", null).get(1)).isInstanceOf(NotChecked.class);
		server.stop(0);
		assertThat(check("gitea/gitea:1.24", null).get(1)).isInstanceOf(Failed.class);
	}

	@Test
	void whoeverIsNotKnownIsAskedForItsPodsOnly() {
		assertThat(check("example.org/wiki:2", null)).containsExactly(READY,
				new NotChecked("what 'app' holds", "no check is known for example.org/wiki:2; look at it yourself"));
		assertThat(check("example.org/not-gitea-runner", null).get(1)).isInstanceOf(NotChecked.class);
		assertThat(
				new ApplicationChecks(pod).check(new StartedApplication(new ApplicationName("app"), null, List.of())))
			.containsExactly(new NotChecked("what 'app' holds", "nothing mounts its claims"));
	}

	@Test
	void podsThatAreNotReadyFailAndThoseScaledToZeroShowNothing() {
		pod.pods(2, 1);
		assertThat(check("example.org/wiki", null).get(0)).isEqualTo(new Failed("pods of deployment 'app' in 'cloud'",
				"1 of 2 ready", "look at them: kubectl -n cloud describe deployment app"));
		pod.pods(0, 0);
		assertThat(check("example.org/wiki", null).get(0))
			.isEqualTo(new NotChecked("pods of deployment 'app' in 'cloud'", "it is scaled to zero"));
	}

	@Test
	void whoCannotBeAskedHasNotPassed() {
		pod.isNotReadyOnce("no pod of deployment 'app' is ready");

		assertThat(check("vaultwarden/server", null)).containsExactly(READY,
				new NotChecked("Vaultwarden's /alive", "no pod of deployment 'app' is ready"),
				new NotChecked("Vaultwarden's database", "no pod of deployment 'app' is ready"));
	}

	@Test
	void aRepositoryThatLacksWhatWasRecordedHasNotPassed() {
		assertThat(ApplicationChecks.of(new RepositoryOutcome.Kept(new RepositoryStanding.Same("5a".repeat(20)), null)))
			.isInstanceOf(Passed.class);
		assertThat(ApplicationChecks.of(new RepositoryOutcome.Left(
				new RepositoryStanding.Older("", "5a".repeat(20), false), "there is no bundle")))
			.isInstanceOf(Failed.class);
	}

	private List<CheckAnswer> check(String image, @Nullable Profile profile) {
		return new ApplicationChecks(pod)
			.check(new StartedApplication(new ApplicationName("app"), profile, List.of(new Mount(PLACE, image))));
	}

	private List<CheckAnswer> checkNextcloud() {
		return check("example.org/own",
				new NextcloudProfile(PLACE, directory.toString(), "occ-of-mine", Duration.ZERO, Duration.ofMinutes(1)));
	}

	private void nextcloud(String printed, int exit) throws IOException {
		Files.createDirectories(directory.resolve("config"));
		Files.writeString(directory.resolve("config/config.php"), "<?php");
		Path text = Files.writeString(directory.resolve("printed"), printed);
		pod.program("occ-of-mine",
				"[ \"$*\" = 'status --output=json' ] || exit 9\ncat %s\nexit %d".formatted(text, exit));
	}

	private static void require(String program) {
		assumeTrue(Stream.of("/usr/local/bin", "/usr/bin", "/bin")
			.anyMatch(place -> Files.exists(Path.of(place, program))), program + " is not installed");
	}

	private void vault(String rows) throws IOException {
		require("sqlite3");
		pod.with("DATA_FOLDER", directory.toString());
		Process sqlite = new ProcessBuilder("sqlite3", directory.resolve("db.sqlite3").toString(),
				"CREATE TABLE users (id); CREATE TABLE ciphers (id); CREATE INDEX by_id ON ciphers (id);" + rows)
			.inheritIO()
			.start();
		try {
			assertThat(sqlite.waitFor(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	private String port() {
		return Integer.toString(server.getAddress().getPort());
	}

}
