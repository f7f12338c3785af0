package dev.longhaul.simulator.kubelet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.HeldCommand;
import dev.longhaul.core.cluster.QuietRecord;
import dev.longhaul.core.cluster.QuietRecords;
import dev.longhaul.core.cluster.QuietRecords.Kept;
import dev.longhaul.core.cluster.WorkloadCluster;
import dev.longhaul.core.cluster.WorkloadCluster.CommandResult;
import dev.longhaul.core.cluster.WorkloadCluster.Scale;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.profile.MariadbProfile;
import dev.longhaul.core.profile.QuietStep.Hold;
import dev.longhaul.core.profile.Release;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.longhorn.cluster.ConfigMapQuietRecords;
import dev.longhaul.longhorn.cluster.KubernetesWorkloads;
import dev.longhaul.longhorn.connection.CallBounds;
import dev.longhaul.longhorn.connection.ClusterClients;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.longhaul.simulator.testing.NodeSession;
import dev.longhaul.simulator.testing.OnBothApis;
import dev.longhaul.simulator.testing.Programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What production code does to make an application quiet, with its own client, on real
 * processes.
 */
@OnBothApis
class QuietingIT {

	private static final ApplicationName WEB = new ApplicationName("web");

	private static final Duration SOON = Duration.ofSeconds(20);

	private final ControlPlaneKind kind;

	@TempDir
	Path directory;

	@AutoClose
	private NodeSession node;

	@AutoClose
	private KubernetesClient client;

	private WorkloadCluster workloads;

	private QuietRecords records;

	private Workload web;

	private Place place;

	QuietingIT(ControlPlaneKind kind) {
		this.kind = kind;
	}

	@BeforeEach
	void open() {
		Programs.requireSandboxes();
		node = NodeSession.open(kind, directory);
		client = new ClusterClients(CallBounds.DEFAULT, Clock.systemUTC())
			.fromKubeconfig(directory.resolve("kubeconfig"), null, CredentialPlugins.REFUSED);
		workloads = new KubernetesWorkloads(client);
		records = new ConfigMapQuietRecords(client, node.namespace());
		web = new Workload(Workload.Kind.DEPLOYMENT, node.namespace(), "web");
		place = new Place(web, null);
	}

	@Test
	void runsACommandInAReadyPod() {
		deploy(1);

		assertThat(workloads.run(place, List.of("sh", "-c", "echo said; echo complained >&2; exit 7"), SOON))
			.isEqualTo(new CommandResult(7, "said\n", "complained\n"));
	}

	@Test
	void keepsOnlyTheBeginningOfWhatACommandPrints() {
		deploy(1);

		CommandResult result = workloads.run(place, List.of("sh", "-c", "head -c 10000000 /dev/zero | tr '\\0' x"),
				SOON);

		assertThat(result.exitCode()).isZero();
		assertThat(result.output()).hasSize(64 * 1024).startsWith("xxx");
	}

	@Test
	void whatBecameOfACommandThatTakesTooLongIsUnknown() {
		deploy(1);

		assertThatExceptionOfType(OutcomeUnknown.class)
			.isThrownBy(() -> workloads.run(place, List.of("sleep", "30"), Duration.ofMillis(500)))
			.withMessageContaining("a command was begun and what became of it is not known")
			.withMessageEndingWith("it did not end within 0 s");
	}

	@Test
	void aCommandThatCannotBeginIsRefused() {
		deploy(1);

		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> workloads.run(place, List.of("no-such-program"), SOON))
			.withMessageEndingWith("executable file not found in $PATH");
		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> workloads.run(new Place(web, "sidecar"), List.of("true"), SOON))
			.withMessage("the pods of %s have no container 'sidecar', only [app]".formatted(web));
		Workload absent = new Workload(Workload.Kind.STATEFUL_SET, node.namespace(), "web");
		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> workloads.run(new Place(absent, null), List.of("true"), SOON))
			.withMessage("there is no statefulset 'web' in '%s'".formatted(node.namespace()));
	}

	@Test
	void withoutAReadyPodNothingIsBegun() {
		deploy(0);

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> workloads.run(place, List.of("true"), SOON))
			.withMessage("no pod of %s is ready".formatted(web));
	}

	@Test
	void aHeldCommandAnswersUntilItsInputEnds() {
		deploy(1);
		HeldCommand held = workloads.hold(place, List.of("sh", "-c",
				"echo longhaul: held; while read -r line; do echo longhaul: held; done; touch /programs/ended"));

		assertThat(held.nextLine(SOON)).isEqualTo(Hold.HELD);
		assertThat(held.say("still?")).isTrue();
		assertThat(held.nextLine(SOON)).isEqualTo(Hold.HELD);
		assertThat(held.nextLine(Duration.ofMillis(300))).isNull();
		assertThat(directory.resolve("ended")).doesNotExist();
		held.close();

		NodeSession.await("the end of its input").until(() -> Files.exists(directory.resolve("ended")));
	}

	@Test
	void aHeldCommandThatEndsHoldsNothing() {
		deploy(1);
		try (HeldCommand held = workloads.hold(place,
				List.of("sh", "-c", "echo Access denied >&2; echo longhaul: lost"))) {
			assertThat(held.nextLine(SOON)).isEqualTo("longhaul: lost");
			assertThat(held.nextLine(SOON)).isNull();
			assertThat(held.errors()).isEqualTo("Access denied");
			assertThat(held.say("still?") && held.nextLine(SOON) != null).isFalse();
		}
	}

	@Test
	void theScriptOfMariadbHoldsWithAProgramInItsPlace() throws Exception {
		Path program = Files.writeString(directory.resolve("mariadb"),
				"#!/bin/sh\nwhile read -r line; do case $line in *held*) echo longhaul: held ;; esac; done\n");
		assertThat(program.toFile().setExecutable(true)).isTrue();
		node.attach("programs", directory);
		deploy(1);
		Hold step = (Hold) new MariadbProfile(place, Duration.ofMinutes(1)).steps(1).get(0);

		try (HeldCommand held = workloads.hold(place, step.command())) {
			assertThat(held.nextLine(SOON)).as(held.errors()).isEqualTo(Hold.HELD);
			assertThat(held.say("still?")).isTrue();
			assertThat(held.nextLine(SOON)).isEqualTo(Hold.HELD);
		}
	}

	@Test
	void scalesToZeroAndBackButOnlyFromWhatItSaw() {
		deploy(2);
		assertThat(workloads.scale(web)).isEqualTo(new Scale(2, 2));

		assertThat(workloads.scale(web, 1, 0)).isFalse();
		assertThat(workloads.scale(web, 2, 0)).isTrue();
		NodeSession.await("no pod").until(() -> workloads.scale(web).equals(new Scale(0, 0)));
		assertThat(workloads.scale(web, 0, 2)).isTrue();

		NodeSession.await("two pods").until(() -> workloads.scale(web).equals(new Scale(2, 2)));
	}

	@Test
	void ofOneApplicationThereIsOneRecord() {
		QuietRecord mine = record("here");
		Kept kept = records.create(mine).orElseThrow();

		assertThat(records.create(mine)).as("asking twice is asking once").contains(kept);
		assertThat(records.create(record("elsewhere"))).isEmpty();
		assertThat(records.find(WEB)).contains(kept);
		assertThat(records.find(new ApplicationName("other"))).isEmpty();
		assertThat(records.all().records()).containsExactly(kept);
	}

	@Test
	void aRecordIsReplacedAndDeletedByWhoeverKnowsItAsItIs() {
		Kept first = records.create(record("here")).orElseThrow();
		QuietRecord known = first.record()
			.with(List.of(new Release.RunAfter("maintenance mode", new Place(web, "app"),
					List.of("sh", "-c", "a \"b\"\n"), Duration.ofSeconds(30)),
					new Release.ScaleBack(web, 3, Duration.ofMinutes(1))));

		Kept second = records.replace(first, known);

		assertThat(records.find(WEB)).contains(second);
		assertThat(second.record()).isEqualTo(known);
		assertThat(records.replace(first, known)).as("asking twice is asking once").isEqualTo(second);
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> records.replace(first, record("here")))
			.withMessageStartingWith("somebody else has changed the record of application 'web'");
		if (kind == ControlPlaneKind.KUBERNETES) {
			// fabric8's mock server does not look at what a deletion demands.
			assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> records.delete(first))
				.withMessageStartingWith("somebody else has changed the record of application 'web'");
		}
		records.delete(second);
		records.delete(second);
		assertThat(records.all().records()).isEmpty();
	}

	@Test
	void aRecordThatCannotBeReadIsNamed() {
		Kept kept = records.create(record("here")).orElseThrow();
		client.configMaps().inNamespace(node.namespace()).withName("longhaul-quiet-web").edit(map -> {
			map.getData().put("record.json", "{\"version\": 7}");
			return map;
		});

		assertThat(records.all().records()).doesNotContain(kept);
		assertThat(records.all().unreadable()).containsExactly(
				"ConfigMap 'longhaul-quiet-web' in namespace '%s' (its version is not 1)".formatted(node.namespace()));
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> records.find(WEB))
			.withMessageEndingWith("cannot be read: its version is not 1");
	}

	private static QuietRecord record(String holder) {
		return new QuietRecord(WEB, "nightly 2026-11-22T02:30:00Z", holder,
				Instant.parse("2026-11-22T02:30:01.123456Z"), Instant.parse("2026-11-22T02:35:01.123456Z"), List.of());
	}

	private void deploy(int replicas) {
		Map<String, String> labels = Map.of("app", "web");
		var template = node.podWithClaim("web", "programs", "/programs")
			.editSpec()
			.withTerminationGracePeriodSeconds(1L)
			.editFirstContainer()
			.addNewEnv()
			.withName("PATH")
			.withValue("/programs:/usr/bin:/bin")
			.endEnv()
			.endContainer()
			.endSpec();
		node.attach("programs", directory);
		node.client()
			.resource(new DeploymentBuilder().withNewMetadata()
				.withName("web")
				.withNamespace(node.namespace())
				.endMetadata()
				.withNewSpec()
				.withReplicas(replicas)
				.withNewSelector()
				.withMatchLabels(labels)
				.endSelector()
				.withNewTemplate()
				.withNewMetadata()
				.withLabels(labels)
				.endMetadata()
				.withSpec(template.buildSpec())
				.endTemplate()
				.endSpec()
				.build())
			.create();
		NodeSession.await("the pods")
			.until(() -> node.client()
				.pods()
				.inNamespace(node.namespace())
				.withLabels(labels)
				.list()
				.getItems()
				.stream()
				.filter(Readiness::isPodReady)
				.count() == replicas);
	}

}
