package dev.longhaul.longhorn.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;

import dev.longhaul.core.cluster.NamedSecrets;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.longhorn.testing.LonghornResources;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@EnableKubernetesMockClient(crud = true)
class NamedSecretsOnCrudServerTest {

	KubernetesClient client;

	private NamedSecrets secrets;

	@BeforeEach
	void connect() {
		secrets = new KubernetesNamedSecrets(client, LonghornResources.NAMESPACE, Clock.systemUTC());
	}

	@Test
	void readsOneByItsName() {
		byte[] binary = { 0, (byte) 0xff };
		put("admin", "kubernetes.io/basic-auth", Map.of("username",
				base64("gitea_admin".getBytes(StandardCharsets.UTF_8)), "key", base64(binary), "empty", ""));

		NamedSecret found = secrets.find(SecretRef.parse("gitea/admin")).orElseThrow();

		assertThat(found.type()).isEqualTo("kubernetes.io/basic-auth");
		assertThat(found.data()).containsOnly(Map.entry("username", Secret.of("gitea_admin")),
				Map.entry("key", Secret.of(binary)), Map.entry("empty", Secret.of("")));
	}

	@Test
	void saysThatThereIsNoneAndReadsOneWithoutData() {
		put("bare", "Opaque", Map.of());

		assertThat(secrets.find(SecretRef.parse("gitea/other"))).isEmpty();
		assertThat(secrets.find(SecretRef.parse("gitea/bare")).orElseThrow().data()).isEmpty();
	}

	@Test
	void doesNotRepeatWhatItCannotRead() {
		put("odd", "Opaque", Map.of("password", "*planted*"));

		assertThatThrownBy(() -> secrets.find(SecretRef.parse("gitea/odd"))).isInstanceOf(RefusedRequest.class)
			.hasMessageNotContaining("planted")
			.hasNoCause();
	}

	private void put(String name, String type, Map<String, String> data) {
		client
			.resource(new SecretBuilder().withNewMetadata()
				.withNamespace("gitea")
				.withName(name)
				.endMetadata()
				.withType(type)
				.withData(data)
				.build())
			.create();
	}

	private static String base64(byte[] bytes) {
		return Base64.getEncoder().encodeToString(bytes);
	}

}
