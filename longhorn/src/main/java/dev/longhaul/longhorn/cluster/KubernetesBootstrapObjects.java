package dev.longhaul.longhorn.cluster;

import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

import dev.longhaul.core.cluster.BootstrapObjects;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.secret.NamedSecret;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * Creates objects of the kinds that clusters are begun with.
 */
final class KubernetesBootstrapObjects implements BootstrapObjects {

	private static final Map<String, ResourceDefinitionContext> KINDS = Map.of("Namespace",
			ResourceDefinitionContext.fromResourceType(Namespace.class), "StorageClass",
			ResourceDefinitionContext.fromResourceType(StorageClass.class), "ConfigMap",
			ResourceDefinitionContext.fromResourceType(ConfigMap.class), "AppProject",
			new ResourceDefinitionContext.Builder().withGroup("argoproj.io")
				.withVersion("v1alpha1")
				.withPlural("appprojects")
				.withKind("AppProject")
				.withNamespaced(true)
				.build(),
			"Application", ArgoCdApplications.APPLICATION);

	private final KubernetesClient client;

	private final LonghornApi api;

	KubernetesBootstrapObjects(KubernetesClient client, String namespace, Clock clock) {
		this.client = client;
		this.api = new LonghornApi(client, namespace, clock);
	}

	@Override
	public boolean create(JsonObject object) {
		GenericKubernetesResource tree = client.getKubernetesSerialization()
			.convertValue(object.fields(), GenericKubernetesResource.class);
		ResourceDefinitionContext kind = KINDS.get(tree.getKind());
		if (kind == null) {
			throw new IllegalArgumentException("no cluster is begun with a '%s'".formatted(tree.getKind()));
		}
		return api.createUnlessThere(kind, tree);
	}

	@Override
	public boolean create(NamedSecret secret) {
		Map<String, String> data = new TreeMap<>();
		secret.data().forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value.reveal())));
		Secret made = new SecretBuilder().withMetadata(
				new ObjectMetaBuilder().withNamespace(secret.ref().namespace()).withName(secret.ref().name()).build())
			.withType(secret.type())
			.withData(data)
			.build();
		return api.createUnlessThere(ResourceDefinitionContext.fromResourceType(Secret.class), made);
	}

}
