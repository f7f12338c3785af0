package dev.longhaul.scheduler.scenario.runs_watched;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.run.RunRecord;
import dev.longhaul.scheduler.run.RunStep;
import dev.longhaul.scheduler.scenario.Declared;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.serve.ServedHere;
import dev.longhaul.scheduler.wiring.HttpCalls;
import dev.longhaul.simulator.fault.Fault;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: pages and events show how far a run is, and what its steps came to. Method: a
 * night whose upload is slow until it was looked at, and a verification after it.
 */
class RunsWatchedIT {

	private static final String JOBS = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: nightly}
			spec: {schedule: "0 0 1 1 *", timeZone: UTC}
			---
			apiVersion: longhaul.dev/v1
			kind: VerifyJob
			metadata: {name: proof}
			spec: {schedule: "0 0 1 1 *"}
			""";

	@TempDir
	private Path directory;

	@Test
	void aNightShowsItsStepsWhileItRunsAndWhenItIsOver() throws IOException {
		try (GitServer git = GitServer.start(directory.resolve("git"));
				Scene scene = Scene.withTwoApplications(directory.resolve("scene"))) {
			scene.useRepository(git.url());
			git.commit("longhaul/applications/vaultwarden.yaml", Declared.application("vaultwarden", "data"));
			git.commit("longhaul/applications/gitea.yaml", Declared.application("gitea", "data", "db"));
			git.commit("longhaul/jobs/jobs.yaml", JOBS);
			Fault slow = new Fault.SlowUpload(Scene.volume("gitea", "data"), ByteSize.ofKibibytes(512));
			scene.cluster().faults().inject(slow);
			try (ServedHere server = ServedHere.start(scene.configurationWithCredentials(), directory.resolve("log"))) {
				HttpCalls ada = server.calls(Scope.READ);
				RunRecord night = server.run("nightly");
				awaiting().until(() -> server.runs()
					.moving(night.id())
					.stream()
					.anyMatch(moving -> moving.now().subject().startsWith("gitea/") && moving.now().done() > 0));

				assertThat(page(ada, night)).contains("aria-current=\"step\"", "<b>gitea</b> backup",
						"<span class=\"muted\">upload</span>", " %</span>", "data-live=\"/runs/" + night.id());

				scene.cluster().faults().end(slow);
				assertThat(server.over(night).outcome()).isEqualTo(new RunOutcome.Proven());
				assertThat(words(server, night)).hasSize(8)
					.startsWith(" preflight DONE ")
					.contains("gitea snapshots DONE 2 taken", "vaultwarden snapshots DONE 1 taken")
					.anyMatch(step -> step.matches("gitea backup DONE .* MiB, .*B new"))
					.anyMatch(step -> step.matches("gitea read back DONE [0-9]+ blocks, .*B"))
					.contains(" judgement DONE 2 of 2 applications proven");
				assertThat(page(ada, night)).contains("2 of 2 applications proven", "2 taken")
					.doesNotContain("data-live=\"", "aria-current=\"step\"");
				assertThat(ada.get("/api/v1/runs/" + night.id() + "/events").body())
					.contains("event: stepped\n", "\"subject\":\"gitea\",\"step\":\"read back\",\"state\":\"running\"")
					.endsWith(": the run is over\n\n");

				RunRecord proof = server.over(server.run("proof"));
				assertThat(words(server, proof)).hasSize(3)
					.contains(" read back DONE 2 of 2 restore points are proven")
					.anyMatch(step -> step.matches("vaultwarden restore point of nightly.* DONE [0-9]+ blocks, .*B"));
			}
		}
	}

	private static String page(HttpCalls caller, RunRecord run) {
		HttpResponse<String> page = caller.send(caller.request("/runs/" + run.id()).header("Accept", "text/html"));
		assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
		return page.body();
	}

	private static List<String> words(ServedHere server, RunRecord run) {
		return server.runs().steps(server.look(run)).stream().map(RunsWatchedIT::words).toList();
	}

	private static String words(RunStep step) {
		return "%s %s %s %s".formatted(step.subject(), step.name(), step.state(), step.note());
	}

	private static ConditionFactory awaiting() {
		return Awaitility.await().atMost(Duration.ofSeconds(150)).pollInterval(Duration.ofMillis(50));
	}

}
