package dev.longhaul.simulator.secret;

import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * Where secrets come from: ClusterSecretStores that ask a URL.
 */
record SecretStores(KubernetesClient client, VaultItems vault, Clock clock) {

	private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
		.withGroup("external-secrets.io")
		.withVersion("v1")
		.withKind("ClusterSecretStore")
		.withPlural("clustersecretstores")
		.withNamespaced(false)
		.build();

	/**
	 * @throws TransientFailure if there is no such store
	 */
	URI url(String name) {
		GenericKubernetesResource store = client.genericKubernetesResources(KIND).withName(name).get();
		if (store == null) {
			throw new TransientFailure(FailureCode.CLUSTER_REFUSED,
					"could not get ClusterSecretStore \"%s\"".formatted(name), "create it");
		}
		return url(store);
	}

	/** Writes down of each whether somebody answers at its URL. */
	void validate() {
		client.genericKubernetesResources(KIND).list().getItems().forEach(this::validate);
	}

	private void validate(GenericKubernetesResource store) {
		boolean valid = vault.isAnswering(url(store));
		String status = valid ? "True" : "False";
		if (status.equals(store.get("status", "conditions", 0, "status"))) {
			return;
		}
		store.setAdditionalProperty("status", Map.of("conditions",
				List.of(Map.of("type", "Ready", "status", status, "reason", valid ? "Valid" : "InvalidProviderConfig",
						"message", valid ? "store validated" : "unable to validate store", "lastTransitionTime",
						clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()))));
		client.genericKubernetesResources(KIND).resource(store).updateStatus();
	}

	/** Without its path, which says what is asked for. */
	private static URI url(GenericKubernetesResource store) {
		String url = Objects.requireNonNullElse(store.get("spec", "provider", "webhook", "url"), "");
		int path = url.indexOf('/', url.indexOf("//") + 2);
		return URI.create((path < 0) ? url : url.substring(0, path));
	}

}
