package dev.longhaul.simulator.kubelet;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/**
 * The secrets and config maps a pod names, decoded.
 */
final class PodConfiguration {

	private final KubernetesClient client;

	PodConfiguration(KubernetesClient client) {
		this.client = client;
	}

	/**
	 * @param optional whether the pod can do without; null means it cannot
	 * @throws NotReadyException if there is none and the pod needs it
	 */
	Map<String, byte[]> secret(String namespace, String name, @Nullable Boolean optional) throws NotReadyException {
		Secret found = client.secrets().inNamespace(namespace).withName(name).get();
		requireFound(found, optional, "secret", name);
		return (found != null) ? decoded(found.getData()) : Map.of();
	}

	/**
	 * @param optional whether the pod can do without; null means it cannot
	 * @throws NotReadyException if there is none and the pod needs it
	 */
	Map<String, byte[]> configMap(String namespace, String name, @Nullable Boolean optional) throws NotReadyException {
		ConfigMap found = client.configMaps().inNamespace(namespace).withName(name).get();
		requireFound(found, optional, "configmap", name);
		if (found == null) {
			return Map.of();
		}
		Map<String, byte[]> content = decoded(found.getBinaryData());
		found.getData().forEach((key, text) -> content.put(key, text.getBytes(StandardCharsets.UTF_8)));
		return content;
	}

	private static Map<String, byte[]> decoded(Map<String, String> data) {
		Map<String, byte[]> decoded = new HashMap<>();
		data.forEach((key, encoded) -> decoded.put(key, Base64.getDecoder().decode(encoded)));
		return decoded;
	}

	private static void requireFound(@Nullable Object found, @Nullable Boolean optional, String kind, String name)
			throws NotReadyException {
		if (found == null && !Objects.equals(optional, true)) {
			throw new NotReadyException("CreateContainerConfigError", kind + " \"" + name + "\" not found");
		}
	}

}
