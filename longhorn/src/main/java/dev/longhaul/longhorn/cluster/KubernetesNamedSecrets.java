package dev.longhaul.longhorn.cluster;

import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.longhaul.core.cluster.NamedSecrets;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.secret.SecretRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/**
 * Gets one Secret at a time, by its name: the only place where this module reads any.
 */
final class KubernetesNamedSecrets implements NamedSecrets {

	private final LonghornApi api;

	KubernetesNamedSecrets(KubernetesClient client, String namespace, Clock clock) {
		this.api = new LonghornApi(client, namespace, clock);
	}

	@Override
	public Optional<NamedSecret> find(SecretRef ref) {
		return api.find(io.fabric8.kubernetes.api.model.Secret.class, ref.namespace(), ref.name())
			.map(found -> read(ref, found));
	}

	private static NamedSecret read(SecretRef ref, GenericKubernetesResource found) {
		try {
			return new NamedSecret(ref, type(found.getAdditionalProperties().get("type")),
					data(found.getAdditionalProperties().get("data")));
		}
		catch (IllegalArgumentException ex) {
			// Without the cause: Base64's own quotes what it could not read.
			throw new RefusedRequest(FailureCode.CLUSTER_REFUSED,
					"Secret %s is not as Kubernetes keeps one".formatted(ref),
					"look at it: kubectl -n %s describe secret %s".formatted(ref.namespace(), ref.name()));
		}
	}

	private static String type(@Nullable Object type) {
		return (type instanceof String text && !text.isEmpty()) ? text : NamedSecret.OPAQUE;
	}

	/** A Secret need not have any. */
	private static SortedMap<String, Secret> data(@Nullable Object data) {
		SortedMap<String, Secret> values = new TreeMap<>();
		if (data instanceof Map<?, ?> map) {
			map.forEach((key, value) -> values.put(String.valueOf(key),
					Secret.of(Base64.getDecoder().decode((value != null) ? String.valueOf(value) : ""))));
		}
		return values;
	}

}
