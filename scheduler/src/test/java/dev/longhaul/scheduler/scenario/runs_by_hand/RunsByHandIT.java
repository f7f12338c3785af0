package dev.longhaul.scheduler.scenario.runs_by_hand;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunEvent;
import dev.longhaul.scheduler.run.RunEvent.Body;
import dev.longhaul.scheduler.run.RunFigures.StoreUse;
import dev.longhaul.scheduler.run.RunFilter;
import dev.longhaul.scheduler.run.RunLine;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.run.RunRecord;
import dev.longhaul.scheduler.scenario.Declared;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import dev.longhaul.scheduler.scenario.killed_in_quiet_window.Cloud;
import dev.longhaul.scheduler.serve.ServedHere;
import dev.longhaul.scheduler.wiring.HttpCalls;
import dev.longhaul.simulator.fault.Fault;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Goal: a run that somebody starts is a run like any other, jobs run side by side unless
 * they are in each other's way, a cancelled run leaves nothing behind and stays
 * cancelled, and the records tell what happened even when the process was killed. Method:
 * the server within the test's own process, except where it is killed.
 */
class RunsByHandIT {

	private static final DateTimeFormatter CRON = DateTimeFormatter.ofPattern("m H d M '*'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final String NIGHTLY = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: nightly}
			spec: {schedule: "%s", timeZone: UTC}
			""";

	private static final String OTHERS = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: vault}
			spec: {schedule: "0 0 1 1 *", suspend: true, applications: [vaultwarden]}
			---
			apiVersion: longhaul.dev/v1
			kind: VerifyJob
			metadata: {name: proof}
			spec: {schedule: "0 0 1 1 *"}
			""";

	private static final String NEVER = "0 0 1 1 *";

	@TempDir
	private Path directory;

	private GitServer git;

	@BeforeEach
	void open() throws IOException {
		git = GitServer.start(directory.resolve("git"));
	}

	@AfterEach
	void close() {
		git.close();
	}

	@Test
	void aRunThatIsCancelledInAQuietWindowReleasesAndStaysCancelled() throws IOException {
		try (Scene scene = Scene.withACloud(directory.resolve("scene"))) {
			Cloud cloud = declareTheCloud(scene, NEVER);
			RunRecord run;
			try (ServedHere server = serve(scene)) {
				run = server.run("nightly");
				awaiting().pollInterval(Duration.ofMillis(5)).until(cloud::inMaintenance);

				server.runs().cancel(run.id(), "ada");

				assertThat(server.over(run).outcome()).isEqualTo(new RunOutcome.Cancelled("ada"));
				assertThat(cloud.inMaintenance()).isFalse();
				assertThat(scene.quietRecords().all().records()).isEmpty();
				assertThat(new Traces(scene).catalog().findManifest(run.night())).isEmpty();
				new Traces(scene).assertNothingIsLeftBehind();
			}

			try (ServedHere next = serve(scene)) {
				RunRecord another = next.over(next.run("nightly"));
				assertThat(another.outcome()).isEqualTo(new RunOutcome.Proven());
				assertThat(next.runs().list(RunFilter.ALL, null, 10).runs()).extracting(RunRecord::id)
					.containsExactly(another.id(), run.id());
			}
		}
	}

	@Test
	void jobsRunSideBySideUnlessTheyShareAnApplication() throws IOException {
		try (Scene scene = Scene.withTwoApplications(directory.resolve("scene"))) {
			scene.atOnce("runs", 3);
			scene.useRepository(git.url());
			git.commit("longhaul/applications/vaultwarden.yaml", Declared.application("vaultwarden", "data"));
			git.commit("longhaul/applications/gitea.yaml", Declared.application("gitea", "data", "db"));
			git.commit("longhaul/jobs/nightly.yaml", NIGHTLY.formatted(NEVER));
			git.commit("longhaul/jobs/others.yaml", OTHERS);
			Fault slow = new Fault.SlowUpload(Scene.volume("gitea", "data"), ByteSize.ofKibibytes(512));
			scene.cluster().faults().inject(slow);
			try (ServedHere server = serve(scene)) {
				List<RunEvent> events = new CopyOnWriteArrayList<>();
				RunRecord nightly = server.run("nightly");
				server.runs().follow(nightly.id(), 1, events::add);
				awaiting().until(() -> events.stream().anyMatch(event -> event.body() instanceof Body.Progressed));

				RunRecord vault = server.run("vault");
				RunRecord proof = server.over(server.run("proof"));

				// There is nothing yet that could be proven.
				assertThat(proof.outcome()).isEqualTo(new RunOutcome.Unproven());
				assertThat(server.look(nightly).outcome()).isEqualTo(new RunOutcome.Running());
				assertThat(server.runs().lines(vault.id(), 1, 10)).extracting(RunLine::text)
					.containsExactly("waits for run %s, which has application 'vaultwarden'".formatted(nightly.id()));
				assertThatThrownBy(() -> server.runs().start(new JobName("nightly"), "bob")).isInstanceOfSatisfying(
						RefusedRequest.class,
						refused -> assertThat(refused.code()).isEqualTo(FailureCode.ALREADY_RUNNING));

				scene.cluster().faults().end(slow);
				assertThat(server.over(nightly).outcome()).isEqualTo(new RunOutcome.Proven());
				assertThat(server.over(vault).outcome()).isEqualTo(new RunOutcome.Proven());
				assertThat(server.look(vault).started()).isBefore(server.look(nightly).ended());
				// Of 3 blocks with noise against 10, each of 2 MiB.
				assertThat(read(server.look(vault))).isBetween(5L << 20, 10L << 20);
				assertThat(read(server.look(nightly))).isBetween(15L << 20, 30L << 20);
				awaiting().until(() -> events.get(events.size() - 1).body() instanceof Body.Ended);
				assertThat(server.runs().lines(nightly.id(), 1, 100)).extracting(RunLine::text)
					.anyMatch(line -> line.startsWith("  gitea ") && line.contains("read back"));
			}
		}
	}

	@Test
	void aRunIsStartedWatchedAndCancelledOverHttp() throws IOException {
		try (Scene scene = Scene.withACloud(directory.resolve("scene"))) {
			Cloud cloud = declareTheCloud(scene, NEVER);
			try (ServedHere server = serve(scene)) {
				HttpCalls ada = server.calls(Scope.OPERATE);
				HttpResponse<String> started = awaiting().until(
						() -> ada.send("POST", "/api/v1/runs", "{\"job\":\"nightly\"}"),
						answer -> answer.statusCode() != 503);

				assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
				String run = started.headers().firstValue("Location").orElseThrow();
				awaiting().until(() -> HttpCalls.json(ada.get(run)).get("outcome").asString().equals("proven"));
				assertThat(ada.get(run + "/log").body()).contains("read back");
				assertThat(ada.get(run).body()).contains("\"cause\":{\"kind\":\"by-hand\",\"by\":\"token ");

				String other = ada.send("POST", "/api/v1/runs", "{\"job\":\"nightly\"}")
					.headers()
					.firstValue("Location")
					.orElseThrow();
				awaiting().pollInterval(Duration.ofMillis(5)).until(cloud::inMaintenance);
				assertThat(ada.send("POST", other + "/cancel", "").statusCode()).isEqualTo(202);
				awaiting().until(() -> HttpCalls.json(ada.get(other)).get("outcome").asString().equals("cancelled"));
				assertThat(cloud.inMaintenance()).isFalse();
			}
		}
	}

	@Test
	void theRecordsOfARunThatWasKilledSayHowItWentOn() throws IOException {
		try (Scene scene = Scene.withACloud(directory.resolve("scene"))) {
			Cloud cloud = declareTheCloud(scene, NEVER);
			Program.Running program = scene.startServing();
			awaiting().until(() -> program.printed().contains("nightly: next run "));
			Instant soon = Clock.systemUTC().instant().plusSeconds(65);
			git.commit("longhaul/jobs/nightly.yaml", NIGHTLY.formatted(CRON.format(soon)));
			awaiting().pollInterval(Duration.ofMillis(5)).until(cloud::inMaintenance);
			program.kill();
			assertThat(cloud.inMaintenance()).isTrue();

			try (ServedHere server = serve(scene)) {
				awaiting().until(() -> server.runs().list(RunFilter.ALL, null, 10).runs().size() == 2);
				List<RunRecord> runs = server.runs().list(RunFilter.ALL, null, 10).runs();
				RunRecord goneOnWith = server.over(runs.get(0));

				assertThat(goneOnWith.outcome()).isEqualTo(new RunOutcome.Proven());
				assertThat(goneOnWith.cause()).isEqualTo(new RunCause.Recovered());
				assertThat(goneOnWith.attempt()).isEqualTo(2);
				assertThat(runs.get(1).outcome()).isEqualTo(new RunOutcome.Interrupted());
				assertThat(runs.get(1).cause()).isEqualTo(new RunCause.ByTheClock());
				assertThat(runs.get(1).night()).isEqualTo(goneOnWith.night());
				assertThat(cloud.inMaintenance()).isFalse();
			}
		}
	}

	/** In bytes, from the bucket. */
	private static long read(RunRecord run) {
		return Objects.requireNonNull(run.figures()).stores().stream().mapToLong(StoreUse::received).sum();
	}

	private Cloud declareTheCloud(Scene scene, String schedule) throws IOException {
		Cloud cloud = Cloud.deploy(scene);
		scene.useRepository(git.url());
		git.commit("longhaul/applications/cloud.yaml", Cloud.DEFINITION);
		git.commit("longhaul/jobs/nightly.yaml", NIGHTLY.formatted(schedule));
		return cloud;
	}

	private ServedHere serve(Scene scene) throws IOException {
		return ServedHere.start(scene.configurationWithCredentials(), directory.resolve("log"));
	}

	private static ConditionFactory awaiting() {
		return Awaitility.await().atMost(Duration.ofSeconds(150)).pollInterval(Duration.ofMillis(50));
	}

}
