package dev.longhaul.simulator.front;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import dev.longhaul.simulator.testing.NodeSession;
import dev.longhaul.simulator.testing.OnBothApis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@OnBothApis
class ApiFaultsIT {

	private final ControlPlaneKind kind;

	@TempDir
	Path directory;

	@AutoClose
	private NodeSession node;

	/** Knows no retries of its own. */
	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	ApiFaultsIT(ControlPlaneKind kind) {
		this.kind = kind;
	}

	@BeforeEach
	void open() {
		node = NodeSession.open(kind, directory);
	}

	@Test
	void answersInPlaceOfTheApiAsOftenAsScripted() throws Exception {
		node.front().faults().script(new ApiFault.Answer(500, "etcd has no leader"), configMaps("GET"), 2);

		assertThat(get().body()).contains("\"message\":\"etcd has no leader\"")
			.contains("\"reason\":\"InternalError\"");
		assertThat(get().statusCode()).isEqualTo(500);
		assertThat(get().statusCode()).isNotEqualTo(500);
		node.front().faults().requireAllFired();
	}

	@Test
	void aClientThatRetriesGetsThrough() {
		ScriptedFault unavailable = node.front()
			.faults()
			.script(new ApiFault.Answer(503, "busy"), configMaps("POST"), 2);

		node.client().resource(configMap("stubborn")).create();

		assertThat(unavailable.fired()).isEqualTo(2);
		assertThat(stored("stubborn")).isNotNull();
	}

	@Test
	void refusesEverythingWhileTheApiIsDown() throws Exception {
		try (ScriptedFault outage = node.front().faults().script(new ApiFault.Refuse(), RequestPattern.everything())) {
			assertThatIOException().isThrownBy(this::get);
			assertThatIOException().isThrownBy(this::get);
			assertThat(outage.fired()).isGreaterThanOrEqualTo(2);
		}

		assertThat(get().statusCode()).isLessThan(500);
	}

	@Test
	void answersLate() throws Exception {
		node.front().faults().script(new ApiFault.Delay(Duration.ofMillis(700)), configMaps("GET"), 1);

		Instant asked = Instant.now();
		int status = get().statusCode();

		assertThat(status).isLessThan(500);
		assertThat(Duration.between(asked, Instant.now())).isGreaterThan(Duration.ofMillis(650));
	}

	@Test
	void losesTheAnswerOfAChangeThatWasMade() {
		node.front().faults().script(new ApiFault.LoseAnswer(), configMaps("POST"), 1);

		assertThatIOException().isThrownBy(() -> send(request().POST(HttpRequest.BodyPublishers
			.ofString(node.client().getKubernetesSerialization().asJson(configMap("made"))))));

		NodeSession.await("the object").until(() -> stored("made") != null);
		node.front().faults().requireAllFired();
	}

	@Test
	void tellsWhichFaultNeverFired() {
		node.front().faults().script(new ApiFault.Refuse(), RequestPattern.of("DELETE", "/nowhere"), 1);

		assertThatIllegalStateException().isThrownBy(() -> node.front().faults().requireAllFired())
			.withMessage("scripted faults that never fired: [Refuse[] for DELETE /nowhere]");
	}

	private static RequestPattern configMaps(String verb) {
		return RequestPattern.of(verb, "/api/v1/namespaces/[^/]+/configmaps");
	}

	private HttpResponse<String> get() throws IOException, InterruptedException {
		return send(request());
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return client.send(request.build(), BodyHandlers.ofString());
	}

	private HttpRequest.Builder request() {
		URI uri = node.front().url().resolve("/api/v1/namespaces/" + node.namespace() + "/configmaps");
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Content-Type", "application/json");
		String token = node.client().getConfiguration().getAutoOAuthToken();
		return (token != null) ? request.header("Authorization", "Bearer " + token) : request;
	}

	private ConfigMap configMap(String name) {
		return new ConfigMapBuilder().withNewMetadata()
			.withName(name)
			.withNamespace(node.namespace())
			.endMetadata()
			.build();
	}

	private ConfigMap stored(String name) {
		return node.clientOfApi().configMaps().inNamespace(node.namespace()).withName(name).get();
	}

}
