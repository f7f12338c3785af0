package dev.longhaul.longhorn.cluster;

import java.time.Clock;

import dev.longhaul.core.cluster.WaitingPods.WaitingPod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@EnableKubernetesMockClient(crud = true)
class WaitingPodsOnCrudServerTest {

	KubernetesClient client;

	@Test
	void thePodsThatAreNotReadySayWhy() {
		client.load(WaitingPodsOnCrudServerTest.class.getResourceAsStream("/waiting-pods.yaml")).create();

		assertThat(new KubernetesWaitingPods(client, "longhorn-system", Clock.systemUTC()).waitingPods("shop"))
			.containsExactly(new WaitingPod("crashing", "CrashLoopBackOff: back-off 10s restarting failed container"),
					new WaitingPod("held-up", "FailedAttachVolume: Multi-Attach error for volume \"pvc-1\""),
					new WaitingPod("unfetched", "ImagePullBackOff"),
					new WaitingPod("unscheduled", "Unschedulable: pod has unbound immediate PersistentVolumeClaims"));
	}

	@Test
	void aNamespaceThatIsNotThereHasNone() {
		assertThat(new KubernetesWaitingPods(client, "longhorn-system", Clock.systemUTC()).waitingPods("none"))
			.isEmpty();
	}

}
