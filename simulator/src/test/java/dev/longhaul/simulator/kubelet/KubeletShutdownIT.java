package dev.longhaul.simulator.kubelet;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.front.ContainerRef;
import dev.longhaul.simulator.testing.NodeSession;
import dev.longhaul.simulator.testing.Programs;

import static org.assertj.core.api.Assertions.assertThat;

class KubeletShutdownIT {

	private final KubernetesMockServer server = new KubernetesMockServer(new Context(), new MockWebServer(),
			new HashMap<>(), new KubernetesCrudDispatcher(), false);

	private KubernetesClient client;

	@BeforeEach
	void open() {
		Programs.requireSandboxes();
		server.init();
		client = server.createClient();
	}

	@AfterEach
	void close() {
		client.close();
		server.destroy();
	}

	@Test
	void leavesNoProcessBehindWhateverItStarted() throws Exception {
		Kubelet kubelet = Kubelet.start(client, ControlPlaneKind.MOCK, ClusterPlan.NODE, claim -> Optional.empty(),
				Clock.systemUTC());
		client
			.resource(new PodBuilder().withNewMetadata()
				.withName("stubborn")
				.withNamespace("default")
				.addToAnnotations(ContainerSpecs.RUN,
						"trap '' TERM; setsid sleep 4242001 & sleep 4242002; sleep 4242003")
				.endMetadata()
				.withNewSpec()
				.addNewContainer()
				.withName("app")
				.endContainer()
				.endSpec()
				.build())
			.create();
		NodeSession.await("its processes")
			.until(() -> Programs.running("sleep 4242002").size() >= 1
					&& Programs.running("sleep 4242001").size() >= 1);
		Process command = kubelet.exec(new ContainerRef("default", "stubborn", null), List.of("sleep", "4242004"));
		NodeSession.await("the command").until(() -> !Programs.running("sleep 4242004").isEmpty());

		kubelet.close();

		assertThat(Programs.running("sleep 424200")).isEmpty();
		assertThat(command.waitFor()).isNotZero();
		assertThat(client.pods().inNamespace("default").withName("stubborn").get()).isNotNull();
	}

}
