package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.simulator.SimulatedCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: an application that runs goes back to what it was, if that is said in so many
 * words, and what it was until then stays. Method: a Deployment uses the volume; two
 * nights differ in a file.
 */
class ReplaceIT {

	private static final Instant MONDAY = Instant.parse("2026-11-09T01:30:00Z");

	private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));

	private static final VolumeName WIKI = new VolumeName("pvc-wiki");

	private static final ClaimRef CLAIM = new ClaimRef("wiki", "data");

	private static final Workload WORKLOAD = new Workload(Workload.Kind.DEPLOYMENT, "wiki", "wiki");

	private static final int KILLS = 15;

	/** Of a run, if it is not killed, on a machine that does other things too. */
	private static final int LATEST_KILL_MILLIS = 6000;

	private static final long SEED = 20261124;

	private static final String PAGE = "of-the-night";

	@TempDir
	private Path directory;

	private NightsInCluster nights;

	private SimulatedCluster cluster;

	private LonghornConnection there;

	@BeforeEach
	void startAnApplication() throws IOException {
		nights = NightsInCluster.start(directory);
		cluster = nights.simulated();
		nights.night("wiki", nights.volume(WIKI.value(), CLAIM.toString()), CLAIM.toString(), MONDAY);
		nights.night("wiki", WIKI, CLAIM.toString(), TUESDAY);
		cluster.kubectl().create("""
				apiVersion: apps/v1
				kind: Deployment
				metadata: {name: wiki, namespace: wiki}
				spec:
				  replicas: 1
				  selector: {matchLabels: {app: wiki}}
				  template:
				    metadata: {labels: {app: wiki}}
				    spec:
				      terminationGracePeriodSeconds: 1
				      containers:
				        - {name: wiki, image: "example.org/wiki:1", volumeMounts: [{name: data, mountPath: /data}]}
				      volumes:
				        - {name: data, persistentVolumeClaim: {claimName: data}}
				""");
		there = LonghornConnection.fromKubeconfig(cluster.kubeconfig(), null, CredentialPlugins.REFUSED,
				SimulatedCluster.NAMESPACE, Clock.systemUTC());
		NightsInCluster.await("the wiki", this::isUp);
	}

	@AfterEach
	void stop() throws IOException {
		there.close();
		nights.close();
	}

	@Test
	void anApplicationGoesBackToWhatItWasAndWhatItHadStays() throws IOException {
		Path plan = plan("--replace");

		Outcome unsaid = run(plan);
		Outcome wrong = run(plan, "--confirm", "replace gitea");

		assertThat(unsaid.status()).isEqualTo(2);
		assertThat(unsaid.errors()).contains("the plan replaces wiki/data, and nobody said that it is meant",
				"nothing was touched; type 'replace wiki' when asked, or say it with --confirm 'replace wiki'");
		assertThat(wrong.status()).isEqualTo(2);
		assertThat(there.cluster().volumes()).hasSize(1);
		assertThat(isUp()).isTrue();

		Outcome run = run(plan, "--confirm", "replace wiki");

		assertThat(run.status()).as(run.out() + run.errors()).isZero();
		assertThat(run.errors()).contains("deployment 'wiki' in 'wiki'   is stopped",
				"what claim wiki/data had stays as PersistentVolume 'pvc-wiki', and its volume",
				"deployment 'wiki' in 'wiki'   is started");
		String restored = there.claimExchanges().volumeOf(CLAIM).orElseThrow();
		assertThat(restored).isNotEqualTo(WIKI.value()).startsWith("pvc-wiki-");
		NightsInCluster.await("the wiki to be up again", this::isUp);
		assertThat(cluster.files(new VolumeName(restored)).resolve(PAGE)).hasContent(MONDAY.toString());
		assertThat(cluster.files(WIKI).resolve(PAGE)).hasContent(TUESDAY.toString());
		assertThat(there.restores()
			.find("PersistentVolume", WIKI.value())
			.orElseThrow()
			.text("spec", "persistentVolumeReclaimPolicy")).contains("Retain");
		assertThat(there.claimExchanges().annotations(restored)).doesNotContainKey("longhaul.dev/stopped-workloads");

		Outcome again = run(plan);

		assertThat(again.status()).as("nothing is left to be said or done: " + again.errors()).isZero();
		assertThat(there.claimExchanges().volumeOf(CLAIM)).contains(restored);
		assertThat(isUp()).isTrue();
	}

	@Test
	void aReplacementThatIsKilledAnywhereIsFinishedByAnotherRun() throws IOException, InterruptedException {
		Path plan = plan("--replace");
		RandomKills kills = new RandomKills(KILLS, LATEST_KILL_MILLIS, SEED);
		boolean finished = false;
		while (!finished) {
			finished = kills
				.letFinish(Program.start(directory, nights.variables(), List.of(), "restore", "run", "--plan",
						plan.toString(), "--kubeconfig", cluster.kubeconfig().toString(), "--confirm", "replace wiki"));
		}

		NightsInCluster.await("the wiki to be up again", this::isUp);
		VolumeName restored = new VolumeName(there.claimExchanges().volumeOf(CLAIM).orElseThrow());
		assertThat(cluster.files(restored).resolve(PAGE)).as("after %d kills", kills.done())
			.hasContent(MONDAY.toString());
		assertThat(cluster.files(WIKI).resolve(PAGE)).hasContent(TUESDAY.toString());
		assertThat(there.cluster().volumes()).hasSize(2);
		assertThat(there.workloads().scale(WORKLOAD).wanted()).isEqualTo(1);
	}

	@Test
	void whatCannotBeStoppedIsNotReplaced() throws IOException {
		cluster.kubectl().create("""
				apiVersion: v1
				kind: Pod
				metadata: {name: by-hand, namespace: wiki}
				spec:
				  terminationGracePeriodSeconds: 1
				  containers:
				    - {name: shell, image: "example.org/shell:1", volumeMounts: [{name: data, mountPath: /data}]}
				  volumes:
				    - {name: data, persistentVolumeClaim: {claimName: data}}
				""");

		Outcome run = run(plan("--replace"), "--confirm", "replace wiki");

		assertThat(run.status()).as(run.out()).isEqualTo(3);
		assertThat(run.out()).contains("pod 'by-hand' still use the claims", "so nothing was replaced", "[TIMED_OUT]");
		assertThat(there.claimExchanges().volumeOf(CLAIM)).contains(WIKI.value());
		NightsInCluster.await("the wiki to be up again", this::isUp);
	}

	@Test
	void onlyWhatIsNamedIsReplaced() {
		Outcome everything = nights.cli().run("restore", "plan", "--target", NightsInCluster.URL, "--replace");
		Outcome beside = nights.cli()
			.run("restore", "plan", "--target", NightsInCluster.URL, "--application", "wiki", "--replace",
					"--to-namespace", "rescue");

		assertThat(everything.status()).isEqualTo(2);
		assertThat(everything.errors()).contains("nothing says what is replaced");
		assertThat(beside.errors()).contains("what is restored under another name replaces nothing");
	}

	private boolean isUp() {
		return there.workloads().ready(WORKLOAD) == 1;
	}

	private Path plan(String... options) throws IOException {
		List<String> arguments = new ArrayList<>(List.of("restore", "plan", "--target", NightsInCluster.URL,
				"--application", "wiki", "--restore-point", "wiki-nightly@20261109t013000z", "--output", "json"));
		arguments.addAll(List.of(options));
		Outcome planned = nights.cli().run(arguments.toArray(String[]::new));
		assertThat(planned.status()).as(planned.errors()).isZero();
		return Files.writeString(directory.resolve("plan.json"), planned.out());
	}

	private Outcome run(Path plan, String... options) {
		List<String> arguments = new ArrayList<>(
				List.of("restore", "run", "--plan", plan.toString(), "--kubeconfig", cluster.kubeconfig().toString()));
		arguments.addAll(List.of(options));
		return nights.cli().run(arguments.toArray(String[]::new));
	}

}
