package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.control.Stored;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: an application is started from its backup beside the one that is in use, which
 * notices nothing, and no trace of it stays. Method: a Deployment and what it needs in a
 * cluster; its drill ends, fails, is killed at any moment.
 */
class DrillIT {

	private static final Instant NIGHT = Instant.parse("2026-11-09T01:30:00Z");

	private static final VolumeName WIKI = new VolumeName("pvc-wiki");

	private static final ClaimRef CLAIM = new ClaimRef("wiki", "data");

	private static final Workload WORKLOAD = new Workload(Workload.Kind.DEPLOYMENT, "wiki", "wiki");

	private static final String PLACE = "longhaul-drill-wiki";

	private static final int KILLS = 12;

	/** Of a drill, if it is not killed, on a machine that does other things too. */
	private static final int LATEST_KILL_MILLIS = 8000;

	private static final long SEED = 20261124;

	@TempDir
	private Path directory;

	private NightsInCluster nights;

	private SimulatedCluster cluster;

	private LonghornConnection there;

	@BeforeEach
	void startAnApplication() throws IOException {
		nights = NightsInCluster.start(directory);
		cluster = nights.simulated();
		nights.night("wiki", nights.volume(WIKI.value(), CLAIM.toString()), CLAIM.toString(), NIGHT);
		create("""
				apiVersion: v1
				kind: Secret
				metadata: {name: wiki, namespace: wiki}
				stringData: {PASSWORD: of-the-wiki}
				""");
		create("""
				apiVersion: v1
				kind: Service
				metadata: {name: wiki, namespace: wiki, labels: {app.kubernetes.io/instance: wiki}}
				spec:
				  type: NodePort
				  selector: {app: wiki}
				  ports: [{name: http, port: 80, nodePort: 30080}]
				""");
		deployment("wiki", "test \"$PASSWORD\" = of-the-wiki && test -s /data/of-the-night && exec sleep 4000");
		there = LonghornConnection.fromKubeconfig(cluster.kubeconfig(), null, CredentialPlugins.REFUSED,
				SimulatedCluster.NAMESPACE, Clock.systemUTC());
		NightsInCluster.await("the wiki", this::isUp);
	}

	@AfterEach
	void stop() throws IOException {
		there.close();
		nights.close();
	}

	private void create(String object) {
		cluster.kubectl().create(object);
	}

	private void deployment(String name, String run) {
		create("""
				apiVersion: apps/v1
				kind: Deployment
				metadata:
				  name: %1$s
				  namespace: wiki
				  labels: {app.kubernetes.io/instance: wiki}
				  annotations: {argocd.argoproj.io/tracking-id: "wiki:apps/Deployment:wiki/wiki"}
				spec:
				  replicas: 1
				  selector: {matchLabels: {app: %1$s}}
				  template:
				    metadata:
				      labels: {app: %1$s}
				      annotations: {simulator.longhaul.dev/run: '%2$s'}
				    spec:
				      serviceAccountName: wiki
				      terminationGracePeriodSeconds: 1
				      containers:
				        - name: wiki
				          image: "example.org/wiki:1"
				          envFrom: [{secretRef: {name: wiki}}]
				          volumeMounts: [{name: data, mountPath: /data}]
				      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
				""".formatted(name, run));
	}

	@Test
	void anApplicationIsStartedFromItsBackupAndRemoved() throws IOException {
		create("""
				apiVersion: apps/v1
				kind: Deployment
				metadata: {name: agent, namespace: wiki}
				spec:
				  selector: {matchLabels: {app: agent}}
				  template:
				    metadata: {labels: {app: agent}}
				    spec:
				      hostNetwork: true
				      containers: [{name: agent, image: "example.org/agent:1"}]
				""");

		Outcome drill = drill("--output", "json");

		assertThat(drill.status()).as(drill.out() + drill.errors()).isZero();
		assertThat(Schema.of("drill").violations(drill.out())).isEmpty();
		JsonNode json = drill.json();
		assertThat(json.at("/started").asBoolean()).isTrue();
		assertThat(json.at("/volumes/0/source").asString()).isEqualTo(WIKI.value());
		assertThat(json.at("/workloads/0").asString()).isEqualTo("deployment 'wiki' in '%s'".formatted(PLACE));
		assertThat(json.at("/checks/0/outcome").asString()).isEqualTo("passed");
		assertThat(json.at("/checks/0/told").asString()).isEqualTo("1 of 1 ready");
		assertThat(json.at("/leftOut/0/subject").asString()).isEqualTo("deployment 'agent'");
		assertThat(json.at("/leftOut/0/reason").asString()).isEqualTo("it shares its node by 'hostNetwork'");
		assertThat(json.at("/tookMillis").asLong()).isPositive();
		assertThat(there.restores().find("PersistentVolume", json.at("/volumes/0/name").asString())).isEmpty();
		assertNothingIsLeft();
	}

	@Test
	void whatDoesNotStartIsToldAndRemoved() {
		deployment("second", "exit 1");

		Outcome drill = drill("--wait", "0");

		assertThat(drill.status()).as(drill.out() + drill.errors()).isEqualTo(3);
		assertThat(drill.out()).contains("✕ Did not start   wiki   after ", "removed again", "is not ready after 0",
				"[TIMED_OUT]");
		assertNothingIsLeft();
	}

	@Test
	void whatCannotBeRehearsedIsRefusedBeforeAnythingIsMade() {
		Outcome budget = drill("--largest-gib", "0");
		Outcome absent = cli("run", "--target", NightsInCluster.URL, "--application", "wikki");
		Outcome unsaid = cli("run", "--application", "wiki");
		assertThat(there.workloads().scale(WORKLOAD, 1, 0)).isTrue();
		Outcome nothing = drill();

		assertThat(budget.status()).isEqualTo(2);
		assertThat(budget.errors()).contains("volume 'pvc-wiki' has 64 MiB, and a drill may make volumes of 0 B",
				"allow more, with --most-gib and --largest-gib");
		assertThat(absent.status()).isEqualTo(2);
		assertThat(absent.errors()).contains("wikki");
		assertThat(unsaid.errors()).contains("nothing says which bucket is restored from");
		assertThat(nothing.status()).isEqualTo(2);
		assertThat(nothing.errors())
			.contains("nothing in namespace 'wiki' can be started on the claims of 'wiki'; deployment 'wiki': "
					+ "it is scaled to zero");
		assertThat(there.throwAwayNamespaces().all()).isEmpty();
	}

	@Test
	void aNamespaceOfSomebodyElseStays() {
		create("""
				apiVersion: v1
				kind: Namespace
				metadata: {name: %s}
				""".formatted(PLACE));

		Outcome drill = drill();
		Outcome swept = cli("sweep");

		assertThat(drill.status()).as(drill.out()).isEqualTo(2);
		assertThat(drill.errors()).contains(
				"there is a namespace '%s' already, and it is not of this drill".formatted(PLACE),
				"[RESTORE_CONFLICT]");
		assertThat(swept.out()).isEqualTo("No drill has left anything.\n");
		assertThat(there.restores().find("Namespace", PLACE)).isPresent();
	}

	@Test
	void killedAtAnyMomentItIsRemovedByTheNext() throws Exception {
		RandomKills kills = new RandomKills(KILLS, LATEST_KILL_MILLIS, SEED);
		boolean finished = false;
		while (!finished) {
			finished = kills.letFinish(Program.start(directory, nights.variables(), List.of(), "restore", "drill",
					"run", "--target", NightsInCluster.URL, "--application", "wiki", "--kubeconfig",
					cluster.kubeconfig().toString()));
		}

		assertNothingIsLeft();
	}

	@Test
	void whatAKilledOneHasLeftIsSwept() throws Exception {
		Program killed = Program.start(directory, nights.variables(), List.of(), "restore", "drill", "run", "--target",
				NightsInCluster.URL, "--application", "wiki", "--kubeconfig", cluster.kubeconfig().toString());
		NightsInCluster.await("its volume", () -> killed.hasEnded() || volumes().size() > 1);
		killed.signal("KILL");
		assertThat(killed.status()).isNotZero();
		assertThat(there.throwAwayNamespaces().all()).hasSize(1);

		Outcome swept = cli("sweep", "--output", "json");

		assertThat(swept.status()).as(swept.errors()).isZero();
		assertThat(Schema.of("drill-sweep").violations(swept.out())).isEmpty();
		assertThat(swept.json().at("/removed/0/namespace").asString()).isEqualTo(PLACE);
		assertNothingIsLeft();
	}

	/** And the original runs on, on its own volume. */
	private void assertNothingIsLeft() {
		assertThat(there.throwAwayNamespaces().all()).isEmpty();
		assertThat(there.restores().find("Namespace", PLACE)).isEmpty();
		assertThat(volumes()).containsExactly(WIKI.value());
		assertThat(there.restores().isBound(CLAIM, WIKI.value())).isTrue();
		assertThat(isUp()).isTrue();
	}

	private List<String> volumes() {
		return cluster.objects().list(Volume.class).stream().map(Stored::name).toList();
	}

	private boolean isUp() {
		return there.workloads().ready(WORKLOAD) == 1;
	}

	private Outcome drill(String... options) {
		List<String> arguments = new ArrayList<>(
				List.of("run", "--target", NightsInCluster.URL, "--application", "wiki"));
		arguments.addAll(List.of(options));
		return cli(arguments.toArray(String[]::new));
	}

	private Outcome cli(String... arguments) {
		List<String> all = new ArrayList<>(List.of("restore", "drill"));
		all.addAll(List.of(arguments));
		all.addAll(List.of("--kubeconfig", cluster.kubeconfig().toString()));
		return nights.cli().run(all.toArray(String[]::new));
	}

}
