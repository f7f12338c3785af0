package dev.longhaul.simulator.api;

import java.net.HttpURLConnection;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedApiTest {

	@AutoClose
	private final EmbeddedApi api = EmbeddedApi.start();

	@AutoClose
	private final KubernetesClient client = new KubernetesClientBuilder().withConfig(api.config()).build();

	@Test
	void statusBasedOnAnOldObjectIsRefusedAsByARealApi() {
		Node old = client.resource(new NodeBuilder().withNewMetadata().withName("node").endMetadata().build()).create();
		client.resource(withPhase(old, "Running")).updateStatus();

		assertThatExceptionOfType(KubernetesClientException.class)
			.isThrownBy(() -> client.resource(withPhase(old, "Terminated")).updateStatus())
			.satisfies(ex -> assertThat(ex.getCode()).isEqualTo(HttpURLConnection.HTTP_CONFLICT))
			.withMessageContaining("the object has been modified");

		assertThat(client.nodes().withName("node").get().getStatus().getPhase()).isEqualTo("Running");
	}

	@Test
	void statusBasedOnTheNewestObjectIsWritten() {
		client.resource(new NodeBuilder().withNewMetadata().withName("node").endMetadata().build()).create();
		client.resource(withPhase(client.nodes().withName("node").get(), "Running")).updateStatus();

		client.resource(withPhase(client.nodes().withName("node").get(), "Terminated")).updateStatus();

		assertThat(client.nodes().withName("node").get().getStatus().getPhase()).isEqualTo("Terminated");
	}

	@Test
	void secretThatIsWrittenAsTextIsReadEncoded() {
		Secret secret = new SecretBuilder().withNewMetadata()
			.withName("key")
			.withNamespace("default")
			.endMetadata()
			.addToData("old", "b2xk")
			.addToStringData("new", "text")
			.build();

		client.resource(secret).create();

		Secret read = client.secrets().inNamespace("default").withName("key").get();
		assertThat(read.getData()).containsOnly(Map.entry("old", "b2xk"), Map.entry("new", "dGV4dA=="));
		assertThat(read.getStringData()).isNullOrEmpty();
	}

	@Test
	void saysItsVersionAsARealApiDoes() {
		assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v1.33.0+simulated");
	}

	private static Node withPhase(Node node, String phase) {
		return new NodeBuilder(node).editOrNewStatus().withPhase(phase).endStatus().build();
	}

}
