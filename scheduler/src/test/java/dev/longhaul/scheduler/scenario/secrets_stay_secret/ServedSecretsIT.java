package dev.longhaul.scheduler.scenario.secrets_stay_secret;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpServer;
import dev.longhaul.bucket.b2.B2Front;
import dev.longhaul.bucket.fault.CallPattern;
import dev.longhaul.bucket.fault.Fault;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.scheduler.database.EmbeddedDatabase;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.killed_in_quiet_window.Cloud;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a server that logs everything there is to be logged, for somebody who looks for a
 * fault, gives no secret away: not in its log, its database, its answers, its metrics,
 * the bucket, or its arguments; neither when all is well nor when everybody refuses.
 * Method: secrets are planted wherever the server gets or meets one; then everything that
 * it wrote or answered is searched.
 */
class ServedSecretsIT {

	private static final Map<String, String> OURS = Map.of("smtp", "planted-smtp-41c9e2", "ntfy", "planted-ntfy-c07d55",
			"gotify", "planted-gotify-18ab3f", "slack", "planted-slack-e99a01", "hook", "planted-hook-72fd10", "ping",
			"planted-ping-5b6c7d", "ssh", "planted-ssh-0a1b2c", "database", "planted-database-9f8e7d");

	/** Of others: nobody gives it to the server, but the cluster holds it. */
	private static final String IN_THE_CLUSTER = "AGE-SECRET-KEY-1PLANTED7Q3XW";

	/** With which people try to get in. */
	private static final String WRONG = "planted-login-63d2aa";

	private static final Planted SECRETS = new Planted(List.of(Scene.KEY.secret(), Scene.TOKEN, GitServer.TOKEN,
			OURS.get("smtp"), OURS.get("ntfy"), OURS.get("gotify"), OURS.get("slack"), OURS.get("hook"),
			OURS.get("ping"), OURS.get("ssh"), OURS.get("database"), IN_THE_CLUSTER, WRONG));

	private static final Pattern ADDRESS = Pattern.compile("listening on (http://[0-9.:]+/)");

	private static final String NIGHTLY = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: nightly}
			spec: {schedule: "0 0 1 1 *"}
			""";

	@TempDir
	private Path directory;

	/** What the server is given, and only that may hold secrets. */
	private Path planted;

	private Scene scene;

	private GitServer git;

	private HttpServer receivers;

	@BeforeEach
	void plant() throws IOException {
		planted = Files.createDirectories(directory.resolve("planted"));
		scene = Scene.withACloud(directory.resolve("scene"));
		git = GitServer.start(directory.resolve("git"));
		git.commit("longhaul/applications/cloud.yaml",
				Cloud.DEFINITION + "  exports: {objects: true, repository: true}\n");
		git.commit("longhaul/jobs/nightly.yaml", NIGHTLY);
		git.lock();
		Cloud.deploy(scene);
		Cloud.create(scene, "/api/v1/namespaces/cloud/secrets", """
				{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "cloud", "namespace": "cloud"},
				 "stringData": {"age": "%s"}, "data": {"identity": "%s"}}
				""".formatted(IN_THE_CLUSTER,
				Base64.getEncoder().encodeToString(IN_THE_CLUSTER.getBytes(StandardCharsets.UTF_8))));
		receivers = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		receivers.createContext("/", exchange -> {
			byte[] answer = "no %s %s".formatted(exchange.getRequestURI(), exchange.getRequestHeaders().entrySet())
				.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(401, answer.length);
			exchange.getResponseBody().write(answer);
			exchange.close();
		});
		receivers.start();
		scene.useRepository(git.url(),
				credentials("git", Map.of("username", GitServer.USER, "password", GitServer.TOKEN)));
		scene.configure(configuration("http://127.0.0.1:" + receivers.getAddress().getPort()));
		scene.log("text", "DEBUG", "TRACE");
	}

	@AfterEach
	void close() throws IOException {
		receivers.stop(0);
		git.close();
		scene.close();
	}

	@Test
	void onGoodAndBadNightsWithEverythingLogged() throws IOException {
		try (B2Front front = B2Front.start(scene.bucketEndpoint())) {
			scene.useEndpoint(front.endpoint());
			Program.Running program = scene.startServing();
			Caller caller = Caller.of(address(program), planted.resolve("first-token"), directory.resolve("answers"));
			caller.tryToGetIn(WRONG);
			caller.runToItsEnd("nightly");
			front.faults().always(CallPattern.any(), Fault.accessDenied());
			caller.runToItsEnd("nightly");
			git.down();
			awaiting().until(() -> program.complained().contains("does not answer"));
			caller.askEverything();
			Files.write(directory.resolve("arguments"),
					Files.readAllBytes(Path.of("/proc/%d/cmdline".formatted(program.process().pid()))));
			program.process().destroy();
			Program.Ended ended = program.await();

			assertThat(ended.err()).as("everything is logged").contains(" DEBUG ", "Sending Request");
			assertThat(ended.out()).contains("read back");
			assertThat(caller.secrets()).isNotEmpty();
			dumpTheDatabase();
			assertNothingIsWrittenDown(new Planted(caller.secrets()));
		}
		assertThat(SECRETS.holders(planted, any -> true)).as("the search finds what is there").hasSizeGreaterThan(5);
		assertNothingIsWrittenDown(SECRETS);
	}

	@Test
	void whenTheServerCannotEvenStart() throws IOException {
		scene.useRepository("ssh://git@127.0.0.1:1/homelab.git", credentials("ssh", Map.of("sshPrivateKey", """
				-----BEGIN OPENSSH PRIVATE KEY-----
				%s
				-----END OPENSSH PRIVATE KEY-----
				""".formatted(OURS.get("ssh")), "known_hosts", "127.0.0.1 ssh-ed25519 AAAA")));
		Program.Running withSsh = scene.startServing();
		awaiting().until(() -> withSsh.complained().contains("hint: ") || !withSsh.process().isAlive());
		withSsh.process().destroy();
		assertThat(withSsh.await().err()).contains("hint: ");
		scene.configure(
				"postgresql: {url: \"jdbc:postgresql://127.0.0.1:1/longhaul?loggerLevel=TRACE\", credentials: \"%s\"}"
					.formatted(
							credentials("database", Map.of("username", "longhaul", "password", OURS.get("database")))));
		Program.Ended withPostgres = scene.startServing().await();

		assertThat(withPostgres.exit()).isEqualTo(3);
		assertThat(withPostgres.err()).contains("hint: ");
		assertNothingIsWrittenDown(SECRETS);
	}

	private void dumpTheDatabase() throws IOException {
		try (EmbeddedDatabase database = EmbeddedDatabase.open(scene.directory().resolve("longhaul"), 2,
				Clock.systemUTC())) {
			List<String> script = JdbcClient.create(database.dataSource()).sql("SCRIPT").query(String.class).list();
			assertThat(script).anyMatch(line -> line.contains("BATCH_STEP_EXECUTION"));
			Files.write(directory.resolve("database.sql"), script);
		}
	}

	private void assertNothingIsWrittenDown(Planted secrets) throws IOException {
		assertThat(secrets.holders(directory,
				file -> !file.startsWith(planted) && !file.startsWith(scene.directory().resolve("cluster"))
						&& !file.equals(scene.directory().resolve("kubeconfig"))))
			.as("files with a secret in them")
			.isEmpty();
	}

	private URI address(Program.Running program) {
		awaiting().until(() -> ADDRESS.matcher(program.printed()).find());
		Matcher listening = ADDRESS.matcher(program.printed());
		assertThat(listening.find()).isTrue();
		return URI.create(listening.group(1));
	}

	private Path credentials(String name, Map<String, String> files) throws IOException {
		Path secret = Files.createDirectories(planted.resolve(name));
		for (Map.Entry<String, String> file : files.entrySet()) {
			Files.writeString(secret.resolve(file.getKey()), file.getValue());
		}
		return secret;
	}

	private String configuration(String receiver) throws IOException {
		return """
				server:
				  port: 0
				  first-token-file: "%s"
				  oidc: {issuer: "%s/realm", audience: longhaul, roles: {staff: read}}
				notifications:
				  channels:
				    - {name: mail, kind: mail, host: localhost, port: 1, security: tls, from: a@b.example, to: [a@b.example], credentials: "%s"}
				    - {name: ntfy, kind: ntfy, url: "%s", topic: backups, credentials: "%s"}
				    - {name: gotify, kind: gotify, url: "%s", credentials: "%s"}
				    - {name: slack, kind: slack, credentials: "%s"}
				    - {name: hook, kind: webhook, headers: {Authorization: authorization}, credentials: "%s"}
				    - {name: ping, kind: ping, credentials: "%s"}
				"""
			.formatted(planted.resolve("first-token"), receiver,
					credentials("mail", Map.of("username", "me", "password", OURS.get("smtp"))), receiver,
					credentials("ntfy", Map.of("token", OURS.get("ntfy"))), receiver,
					credentials("gotify", Map.of("token", OURS.get("gotify"))),
					credentials("slack", Map.of("url", receiver + "/" + OURS.get("slack"))),
					credentials("hook",
							Map.of("url", receiver + "/" + OURS.get("hook"), "authorization",
									"Bearer " + OURS.get("hook"))),
					credentials("ping", Map.of("url", receiver + "/" + OURS.get("ping"))));
	}

	private static ConditionFactory awaiting() {
		return Awaitility.await().atMost(Duration.ofSeconds(150)).pollInterval(Duration.ofMillis(200));
	}

}
