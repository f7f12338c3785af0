package dev.longhaul.simulator.kubelet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.cluster.CommandStreams;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.longhorn.cluster.KubernetesWorkloads;
import dev.longhaul.longhorn.connection.CallBounds;
import dev.longhaul.longhorn.connection.ClusterClients;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.longhaul.simulator.testing.NodeSession;
import dev.longhaul.simulator.testing.OnBothApis;
import dev.longhaul.simulator.testing.Programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What commands print, read with the production client from real processes: whole, or not
 * at all.
 */
@OnBothApis
class CommandStreamIT {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final int MIB = 1 << 20;

	private final ControlPlaneKind kind;

	@TempDir
	Path directory;

	@AutoClose
	private NodeSession node;

	@AutoClose
	private KubernetesClient client;

	private CommandStreams commands;

	private Place place;

	CommandStreamIT(ControlPlaneKind kind) {
		this.kind = kind;
	}

	@BeforeEach
	void open() {
		Programs.requireSandboxes();
		node = NodeSession.open(kind, directory);
		client = new ClusterClients(CallBounds.DEFAULT, Clock.systemUTC())
			.fromKubeconfig(directory.resolve("kubeconfig"), null, CredentialPlugins.REFUSED);
		commands = new KubernetesWorkloads(client);
		place = new Place(new Workload(Workload.Kind.DEPLOYMENT, node.namespace(), "web"), null);
		deploy();
	}

	@Test
	void aCommandWaitsForItsReaderAndComesWhole() throws IOException {
		try (InputStream output = commands.stream(place,
				shell("dd if=/dev/zero bs=1M count=150 2>/dev/null; touch /programs/done"), SOON)) {
			assertThat(output.readNBytes(1)).hasSize(1);
			Awaitility.await()
				.during(Duration.ofSeconds(2))
				.atMost(Duration.ofSeconds(3))
				.until(() -> Files.notExists(directory.resolve("done")));

			byte[] buffer = new byte[MIB];
			long size = 1;
			for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
				size += count;
			}

			assertThat(size).isEqualTo(150L * MIB);
			assertThat(directory.resolve("done")).exists();
		}
	}

	@Test
	void aCommandThatFailsAtItsEndFailsItsReader() throws IOException {
		try (InputStream output = commands.stream(place,
				shell("head -c 100000 /dev/zero; echo 'lost connection to server' >&2; exit 2"), SOON)) {
			assertThatExceptionOfType(RefusedRequest.class).isThrownBy(output::readAllBytes)
				.withMessageContaining("a command whose output is exported ended with 2 (")
				.withMessageEndingWith("): lost connection to server")
				.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.EXPORT_FAILED));
		}
	}

	@Test
	void aCommandThatHangsIsGivenUp() throws IOException {
		try (InputStream output = commands.stream(place, shell("echo begun; sleep 60"), Duration.ofSeconds(2))) {
			assertThatExceptionOfType(TransientFailure.class).isThrownBy(output::readAllBytes)
				.withMessageEndingWith("it did not end within 2 s")
				.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.EXPORT_FAILED));
		}
	}

	@Test
	void anEmptyOutputOfACommandThatSucceedsIsAnEnd() throws IOException {
		try (InputStream output = commands.stream(place, shell("true"), SOON)) {
			assertThat(output.read()).isEqualTo(-1);
		}
	}

	/** Long before its own time is over. */
	@Test
	@Timeout(30)
	void aCommandThatCannotBeginFails() throws IOException {
		try (InputStream output = commands.stream(place, List.of("no-such-program"), SOON)) {
			assertThatExceptionOfType(TransientFailure.class).isThrownBy(output::readAllBytes)
				.withMessageEndingWith("executable file not found in $PATH");
		}
	}

	@Test
	void aConnectionThatBreaksIsNoEnd() throws IOException {
		try (InputStream output = commands.stream(place, shell("echo begun; sleep 60"), SOON)) {
			assertThat(new String(output.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("begun\n");
			client.close();

			assertThatExceptionOfType(TransientFailure.class).isThrownBy(output::readAllBytes)
				.withMessageContaining("a command whose output is exported was cut (");
		}
	}

	private static List<String> shell(String script) {
		return List.of("sh", "-c", script);
	}

	private void deploy() {
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
				.withReplicas(1)
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
				.count() == 1);
	}

}
