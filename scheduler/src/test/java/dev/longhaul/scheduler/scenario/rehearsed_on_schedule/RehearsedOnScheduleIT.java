package dev.longhaul.scheduler.scenario.rehearsed_on_schedule;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

import dev.longhaul.core.cluster.ThrowAwayNamespaces;
import dev.longhaul.core.cluster.ThrowAwayNamespaces.ThrowAway;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.scheduler.scenario.Declared;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.control.Stored;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a declared drill starts what is in the bucket, says what does not start, and
 * leaves nothing, also when the process is killed. Method: the packaged server follows a
 * repository; the drill is awaited at a real minute.
 */
class RehearsedOnScheduleIT {

	/** Of one minute of one day, so that no second drill gets in the way. */
	private static final DateTimeFormatter CRON = DateTimeFormatter.ofPattern("m H d M '*'", Locale.ROOT);

	private static final String JOBS = """
			apiVersion: longhaul.dev/v1
			kind: DrillJob
			metadata: {name: drill}
			spec: {schedule: "%s", budget: {volume: 1Gi, start: 1m}}
			""";

	/** The server has to see it in Git before. */
	private static final int AHEAD_SECONDS = 8;

	@TempDir
	private Path directory;

	private Scene scene;

	private GitServer git;

	private LonghornConnection there;

	@BeforeEach
	void declareADrillAfterANight() throws IOException {
		scene = Scene.withTwoApplications(directory.resolve("scene"));
		assertThat(scene.night().exit()).isZero();
		there = LonghornConnection.fromKubeconfig(scene.cluster().kubeconfig(), null, CredentialPlugins.REFUSED,
				SimulatedCluster.NAMESPACE, Clock.systemUTC());
		git = GitServer.start(directory.resolve("git"));
		scene.useRepository(git.url());
		git.commit("longhaul/applications/vaultwarden.yaml", Declared.application("vaultwarden", "data"));
		git.commit("longhaul/applications/gitea.yaml", Declared.application("gitea", "data", "db"));
		git.commit("longhaul/jobs/jobs.yaml", JOBS.formatted("0 0 1 1 *"));
		deploy("vaultwarden", "data");
	}

	@AfterEach
	void close() throws IOException {
		git.close();
		there.close();
		scene.close();
	}

	private void deploy(String name, String claim) {
		scene.cluster()
			.kubectl()
			.create("""
					apiVersion: apps/v1
					kind: Deployment
					metadata: {name: %1$s, namespace: %1$s}
					spec:
					  selector: {matchLabels: {app: %1$s}}
					  template:
					    metadata:
					      labels: {app: %1$s}
					      annotations: {simulator.longhaul.dev/run: "test -s /data/content && exec sleep 4000"}
					    spec:
					      terminationGracePeriodSeconds: 1
					      containers: [{name: app, image: "example.org/app:1", volumeMounts: [{name: data, mountPath: /data}]}]
					      volumes: [{name: data, persistentVolumeClaim: {claimName: %2$s}}]
					"""
				.formatted(name, claim));
		awaiting().until(() -> there.workloads().ready(new Workload(Workload.Kind.DEPLOYMENT, name, name)) == 1);
	}

	@Test
	void whatStartsIsSaidAndWhatDoesNotIsToo() throws IOException {
		Program.Running server = serveUntilTheDrillIsDue();

		awaiting().until(() -> server.printed().contains("vaultwarden started in"));
		awaiting().until(
				() -> server.printed().lines().anyMatch(line -> line.contains("drill ") && line.contains(" after ")));

		Program.Ended ended = stop(server);
		assertThat(ended.out()).contains("rehearses 2 applications",
				"namespace 'longhaul-drill-vaultwarden' is removed");
		assertThat(ended.err())
			.contains("gitea was not rehearsed: nothing in namespace 'gitea' can be started on the claims of 'gitea'");
		assertThat(new Traces(scene).catalog().readAll().applications()).element(1).satisfies(vaultwarden -> {
			Verdict verdict = vaultwarden.judged().verdict();
			assertThat(verdict.on(Clause.ERRORS).answer()).isEqualTo(Answer.HOLDS);
			assertThat(verdict.on(Clause.ERRORS).evidence())
				.containsPattern("; checked: started on 20.+, in [0-9.]+ s$");
		});
		assertNothingIsLeft();
	}

	@Test
	void whatAKilledOneHasLeftTheNextStartRemovesAndGoesOn() throws IOException {
		deploy("gitea", "data");
		Program.Running server = serveUntilTheDrillIsDue();
		awaiting().pollInterval(Duration.ofMillis(50)).until(() -> volumes().size() > 3);

		server.kill();
		assertThat(places().all()).hasSize(1);
		Program.Running next = scene.startServing();
		awaiting().until(() -> next.printed().contains("vaultwarden started in")
				&& (next.printed() + server.printed()).contains("gitea started in"));

		Program.Ended ended = stop(next);
		assertThat(ended.err())
			.containsPattern("a drill that was killed had left namespace 'longhaul-drill-.+', which is removed");
		assertThat(ended.out()).contains("was interrupted and goes on");
		assertNothingIsLeft();
	}

	private Program.Running serveUntilTheDrillIsDue() throws IOException {
		Program.Running server = scene.startServing();
		awaiting().until(() -> server.printed().contains("drill: "));
		ZonedDateTime soon = Clock.systemUTC()
			.instant()
			.plusSeconds(AHEAD_SECONDS)
			.truncatedTo(ChronoUnit.MINUTES)
			.plus(1, ChronoUnit.MINUTES)
			.atZone(ZoneOffset.UTC);
		git.commit("longhaul/jobs/jobs.yaml", JOBS.formatted(CRON.format(soon)));
		return server;
	}

	private void assertNothingIsLeft() {
		assertThat(places().all()).extracting(ThrowAway::namespace).isEmpty();
		assertThat(volumes()).containsExactlyInAnyOrder("vaultwarden-data", "gitea-data", "gitea-db");
	}

	private ThrowAwayNamespaces places() {
		return there.throwAwayNamespaces();
	}

	private List<String> volumes() {
		return scene.cluster().objects().list(Volume.class).stream().map(Stored::name).toList();
	}

	private static Program.Ended stop(Program.Running server) throws IOException {
		server.process().destroy();
		return server.await();
	}

	private static ConditionFactory awaiting() {
		return Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200));
	}

}
