package dev.longhaul.simulator.api;

import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class EmbeddedApiTest {

	/** Enough for one of them to end while an event is on its way to it. */
	private static final int ROUNDS = 50;

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

	@Test
	void watchThatEndsKeepsNothingBackFromOthers() throws Exception {
		Set<String> missed = ConcurrentHashMap.newKeySet();
		List<Watch> lasting = IntStream.range(0, 2 * Runtime.getRuntime().availableProcessors())
			.mapToObj(number -> watch(name -> missed.remove(number + "/" + name)))
			.toList();
		ExecutorService writers = Executors.newFixedThreadPool(4);
		for (int round = 0; round < ROUNDS; round++) {
			Watch ending = watch(name -> {
			});
			for (int write = 0; write < 8; write++) {
				String name = "node-" + round + "-" + write;
				IntStream.range(0, lasting.size()).forEach(number -> missed.add(number + "/" + name));
				Future<?> unused = writers.submit(() -> create(name));
			}
			ending.close();
		}
		writers.shutdown();
		await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(missed).isEmpty());
		lasting.forEach(Watch::close);
	}

	@Test
	void requestThatCannotBeUnderstoodIsAnswered() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(api.url().resolve("/api/v1/namespaces/default/configmaps"))
			.header("Content-Type", "application/json")
			.timeout(Duration.ofSeconds(20))
			.POST(BodyPublishers.ofString("{\"kind\": "))
			.build();

		HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

		assertThat(response.statusCode()).isEqualTo(HttpURLConnection.HTTP_INTERNAL_ERROR);
		assertThat(response.body()).contains("InternalError");
	}

	private Watch watch(Consumer<String> added) {
		return client.nodes().watch(new Watcher<>() {

			@Override
			public void eventReceived(Action action, Node node) {
				added.accept(node.getMetadata().getName());
			}

			@Override
			public void onClose(WatcherException cause) {
			}

		});
	}

	private void create(String name) {
		client.resource(new NodeBuilder().withNewMetadata().withName(name).endMetadata().build()).create();
	}

	private static Node withPhase(Node node, String phase) {
		return new NodeBuilder(node).editOrNewStatus().withPhase(phase).endStatus().build();
	}

}
