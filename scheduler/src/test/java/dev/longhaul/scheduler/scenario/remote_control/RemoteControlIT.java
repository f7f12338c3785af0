package dev.longhaul.scheduler.scenario.remote_control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.killed_in_quiet_window.Cloud;
import dev.longhaul.scheduler.serve.ServedHere;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: whoever has a token and the command line needs nothing else. Method: the packaged
 * {@code longhaul} as a process of its own, against a server within the test's.
 */
class RemoteControlIT {

	private static final Path JAR = Path.of("../cli/target/longhaul.jar").toAbsolutePath();

	private static final String NIGHTLY = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: nightly}
			spec: {schedule: "0 0 1 1 *", timeZone: UTC}
			""";

	@TempDir
	private Path directory;

	private GitServer git;

	private ServedHere server;

	@BeforeEach
	void open() throws IOException {
		Assumptions.assumeTrue(Files.isRegularFile(JAR), () -> "[aborted] there is no " + JAR + ": run mvn package");
		git = GitServer.start(directory.resolve("git"));
	}

	@AfterEach
	void close() {
		git.close();
	}

	@Test
	void aRunIsStartedWatchedLookedAtAndCancelled() throws Exception {
		try (Scene scene = Scene.withACloud(directory.resolve("scene"))) {
			Cloud cloud = declare(scene);
			try (ServedHere served = ServedHere.start(scene.configurationWithCredentials(), directory.resolve("log"))) {
				server = served;
				awaitDefinitions();

				Said night = longhaul(Scope.OPERATE, "runs", "start", "nightly", "--watch");
				assertThat(night.exit()).as(night.everything()).isZero();
				assertThat(night.out()).contains("read back", "● proven   nightly", "by token test");

				awaitLedger(1);
				assertThat(longhaul(Scope.READ, "applications").out()).contains("3  2  1  1  0", "cloud   ");
				assertThat(longhaul(Scope.READ, "verdicts").out()).contains("0 errors", "holds");
				assertThat(longhaul(Scope.READ, "points", "cloud").out()).contains("nightly ", "● proven", "quiet ");
				assertThat(longhaul(Scope.READ, "volumes").out()).contains("cloud   ");
				assertThat(longhaul(Scope.READ, "coverage").out()).contains("100 % read back within 30 days");
				assertThat(longhaul(Scope.READ, "readings").out()).contains("1 restore point proven");
				assertThat(longhaul(Scope.READ, "ledger").out()).startsWith("read to its end ");
				assertThat(longhaul(Scope.READ, "targets").out()).contains("target");
				assertThat(longhaul(Scope.ADMIN, "audit", "list").out()).contains("POST /api/v1/runs");

				Said started = longhaul(Scope.OPERATE, "runs", "start", "nightly");
				assertThat(started.exit()).as(started.everything()).isZero();
				Awaitility.await()
					.atMost(Duration.ofMinutes(2))
					.pollInterval(Duration.ofMillis(5))
					.until(cloud::inMaintenance);
				String id = started.out().lines().findFirst().orElseThrow().replaceAll(".* ", "");
				Said cancelled = longhaul(Scope.OPERATE, "runs", "cancel", id);
				Said watched = longhaul(Scope.READ, "runs", "watch", id);

				assertThat(cancelled.exit()).as(cancelled.everything()).isZero();
				assertThat(watched.exit()).as(watched.everything()).isEqualTo(4);
				assertThat(watched.out()).contains("◌ cancelled   nightly", "cancelled by token test");
				assertThat(cloud.inMaintenance()).isFalse();
			}
		}
	}

	@Test
	void whatIsDeclaredIsSeenAndChangedAndWhoMayNotIsTold() throws Exception {
		try (Scene scene = Scene.withACloud(directory.resolve("scene"))) {
			declare(scene);
			try (ServedHere served = ServedHere.start(scene.configurationWithCredentials(), directory.resolve("log"))) {
				server = served;
				awaitDefinitions();

				assertThat(longhaul(Scope.READ, "jobs", "list").out()).contains("nightly   BackupJob   0 0 1 1 * UTC");
				Said forbidden = longhaul(Scope.READ, "jobs", "pause", "nightly");
				assertThat(forbidden.exit()).isEqualTo(2);
				assertThat(forbidden.err()).contains("[NOT_ALLOWED]", "hint: ");
				assertThat(longhaul(Scope.OPERATE, "jobs", "pause", "nope").err()).contains("[NOT_FOUND]",
						"longhaul remote jobs list shows them");

				Said paused = longhaul(Scope.OPERATE, "jobs", "pause", "nightly", "--reason", "the house moves");
				assertThat(paused.exit()).as(paused.everything()).isZero();
				assertThat(paused.out()).startsWith("● pushed as ").contains("suspend: true");

				Path token = directory.resolve("made.token");
				Said made = longhaul(Scope.ADMIN, "tokens", "create", "ci", "--scope", "read", "--to",
						token.toString());
				assertThat(made.exit()).as(made.everything()).isZero();
				assertThat(run(token, "whoami").out()).matches("token ci \\([0-9a-f]{8}\\)   read\n");
			}
		}
	}

	@Test
	void whatRetentionLetsGoIsPlannedLookedAtApprovedAndRemoved() throws Exception {
		try (Scene scene = Scene.withACloud(directory.resolve("scene"))) {
			declare(scene);
			git.commit("longhaul/jobs/nightly.yaml",
					NIGHTLY.replace("timeZone: UTC", "timeZone: UTC, retention: {last: 1}"));
			try (ServedHere served = ServedHere.start(scene.configurationWithCredentials(), directory.resolve("log"))) {
				server = served;
				awaitDefinitions();
				served.over(served.run("nightly"));
				served.over(served.run("nightly"));
				awaitLedger(2);

				Said planned = longhaul(Scope.OPERATE, "retention", "plan");
				assertThat(planned.out()).as(planned.everything())
					.contains("cloud   last 1", "1 stay, 1 go", "stays   nightly ", "goes    nightly ");
				String hash = planned.out().lines().reduce((one, other) -> other).orElseThrow().replaceAll(".* ", "");

				assertThat(longhaul(Scope.OPERATE, "retention", "apply", hash).err()).contains("[NOT_ALLOWED]");
				assertThat(longhaul(Scope.ADMIN, "retention", "apply", hash.replaceAll("^.", "x")).err())
					.contains("[NOT_FOUND]");
				Said applied = longhaul(Scope.ADMIN, "retention", "apply", hash, "--watch");
				assertThat(applied.exit()).as(applied.everything()).isZero();
				assertThat(applied.out()).contains("carries out retention plan " + hash,
						"1 of 1 restore points are removed", "● proven   retention-by-hand", "by token test");

				Said again = longhaul(Scope.ADMIN, "retention", "apply", hash);
				assertThat(again.exit()).isEqualTo(2);
				assertThat(again.err()).contains("[PLAN_CHANGED]", hash);
				assertThat(longhaul(Scope.OPERATE, "retention", "plan").out()).contains("1 stay, 0 go");
			}
		}
	}

	/** What a run has left in the bucket is read after it. */
	private void awaitLedger(int points) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> server.calls(Scope.READ)
				.get("/api/v1/applications")
				.body()
				.contains("\"restorePoints\":" + points));
	}

	private Cloud declare(Scene scene) throws IOException {
		Cloud cloud = Cloud.deploy(scene);
		scene.useRepository(git.url());
		git.commit("longhaul/applications/cloud.yaml", Cloud.DEFINITION);
		git.commit("longhaul/jobs/nightly.yaml", NIGHTLY);
		return cloud;
	}

	private void awaitDefinitions() {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> server.calls(Scope.READ).get("/api/v1/jobs").statusCode() == 200);
	}

	private Said longhaul(Scope scope, String... arguments) throws Exception {
		Path token = Files.createTempFile(directory, "token", "");
		return run(Files.writeString(token, server.token(scope)), arguments);
	}

	private Said run(Path token, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR.toString(), "remote"));
		command.addAll(List.of(arguments));
		Path out = Files.createTempFile(directory, "out", "");
		Path err = Files.createTempFile(directory, "err", "");
		ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
		builder.environment().put("LONGHAUL_SERVER", server.address().toString());
		builder.environment().put("LONGHAUL_TOKEN_FILE", token.toString());
		Process process = builder.start();
		try {
			assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
	}

	private record Said(int exit, String out, String err) {

		String everything() {
			return "exit %d%n%s%n%s".formatted(exit, out, err);
		}

	}

}
