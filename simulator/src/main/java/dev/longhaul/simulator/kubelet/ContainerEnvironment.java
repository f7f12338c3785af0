package dev.longhaul.simulator.kubelet;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

/**
 * Looks a container's environment up: values, keys of secrets and config maps, and the
 * pod's own fields. {@code $(NAME)} within a value is not replaced.
 */
final class ContainerEnvironment {

	private static final Map<String, Function<Pod, @Nullable String>> FIELDS = Map.of("metadata.name",
			pod -> pod.getMetadata().getName(), "metadata.namespace", pod -> pod.getMetadata().getNamespace(),
			"metadata.uid", pod -> pod.getMetadata().getUid(), "spec.nodeName", pod -> pod.getSpec().getNodeName(),
			"status.podIP", pod -> PodStatuses.POD_IP);

	private final PodConfiguration configuration;

	ContainerEnvironment(PodConfiguration configuration) {
		this.configuration = configuration;
	}

	/**
	 * @throws NotReadyException naming what is not there
	 */
	Map<String, String> of(Pod pod, Container container) throws NotReadyException {
		String namespace = pod.getMetadata().getNamespace();
		Map<String, String> environment = new HashMap<>();
		environment.put("HOSTNAME", pod.getMetadata().getName());
		for (EnvFromSource source : container.getEnvFrom()) {
			String prefix = Objects.requireNonNullElse(source.getPrefix(), "");
			all(namespace, source).forEach((name, value) -> environment.put(prefix + name, value));
		}
		for (EnvVar variable : container.getEnv()) {
			String value = (variable.getValueFrom() != null) ? lookUp(pod, variable.getValueFrom())
					: Objects.requireNonNullElse(variable.getValue(), "");
			if (value != null) {
				environment.put(variable.getName(), value);
			}
		}
		return environment;
	}

	private Map<String, String> all(String namespace, EnvFromSource source) throws NotReadyException {
		if (source.getSecretRef() != null) {
			var secret = source.getSecretRef();
			return texts(configuration.secret(namespace, secret.getName(), secret.getOptional()));
		}
		if (source.getConfigMapRef() != null) {
			var configMap = source.getConfigMapRef();
			return texts(configuration.configMap(namespace, configMap.getName(), configMap.getOptional()));
		}
		return Map.of();
	}

	private @Nullable String lookUp(Pod pod, EnvVarSource source) throws NotReadyException {
		String namespace = pod.getMetadata().getNamespace();
		if (source.getSecretKeyRef() != null) {
			var key = source.getSecretKeyRef();
			return text(configuration.secret(namespace, key.getName(), key.getOptional()), key.getKey(),
					key.getOptional());
		}
		if (source.getConfigMapKeyRef() != null) {
			var key = source.getConfigMapKeyRef();
			return text(configuration.configMap(namespace, key.getName(), key.getOptional()), key.getKey(),
					key.getOptional());
		}
		if (source.getFieldRef() != null) {
			Function<Pod, @Nullable String> field = FIELDS.get(source.getFieldRef().getFieldPath());
			return (field != null) ? field.apply(pod) : null;
		}
		return null;
	}

	private static Map<String, String> texts(Map<String, byte[]> values) {
		Map<String, String> texts = new HashMap<>();
		values.forEach((key, value) -> texts.put(key, new String(value, StandardCharsets.UTF_8)));
		return texts;
	}

	private static @Nullable String text(Map<String, byte[]> values, String key, @Nullable Boolean optional)
			throws NotReadyException {
		byte[] value = values.get(key);
		if (value == null && !Objects.equals(optional, true)) {
			throw new NotReadyException("CreateContainerConfigError", "couldn't find key " + key);
		}
		return (value != null) ? new String(value, StandardCharsets.UTF_8) : null;
	}

}
