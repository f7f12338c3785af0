package dev.longhaul.simulator.argo;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.fabric8.kubernetes.api.Pluralize;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * Objects of any kind in a cluster.
 */
final class ClusterObjects {

	/** Kinds of Kubernetes itself that are in no namespace. */
	private static final Set<String> CLUSTER_KINDS = Set.of("Namespace", "PersistentVolume", "StorageClass", "Node",
			"ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "IngressClass", "PriorityClass",
			"CSIDriver", "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "APIService");

	private final KubernetesClient client;

	ClusterObjects(KubernetesClient client) {
		this.client = client;
	}

	Optional<GenericKubernetesResource> find(ResourceId id) {
		Optional<ResourceDefinitionContext> definition = definition(id);
		return definition.isEmpty() ? Optional.empty() : Optional.ofNullable(resource(id, definition.get()).get());
	}

	/**
	 * Puts an object of the target into the namespace of the application, unless it names
	 * one, or its kind has none. Of a kind that the cluster does not know yet it is
	 * thought to have one.
	 */
	void place(GenericKubernetesResource object, String namespace) {
		ResourceId id = ResourceId.of(object);
		if (!definition(id).map(ResourceDefinitionContext::isNamespaceScoped).orElse(true)) {
			object.getMetadata().setNamespace(null);
		}
		else if (id.namespace().isEmpty()) {
			object.getMetadata().setNamespace(namespace);
		}
	}

	/**
	 * @throws IOException if the cluster does not know the kind, or has no such namespace
	 */
	void create(GenericKubernetesResource object) throws IOException {
		ResourceId id = ResourceId.of(object);
		ResourceDefinitionContext definition = require(id);
		if (definition.isNamespaceScoped() && client.namespaces().withName(id.namespace()).get() == null) {
			throw new IOException("namespaces \"%s\" not found".formatted(id.namespace()));
		}
		operation(id, definition, object).create();
	}

	void update(GenericKubernetesResource object) throws IOException {
		ResourceId id = ResourceId.of(object);
		operation(id, require(id), object).update();
	}

	/** Deletes an object, or begins to; one that is not there counts as deleted. */
	void delete(ResourceId id) throws IOException {
		Optional<ResourceDefinitionContext> definition = definition(id);
		if (definition.isPresent()) {
			resource(id, definition.get()).delete();
		}
	}

	void createNamespace(String name) {
		try {
			client.resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build()).create();
		}
		catch (KubernetesClientException ex) {
			if (ex.getCode() != HttpURLConnection.HTTP_CONFLICT) {
				throw ex;
			}
		}
	}

	private Resource<GenericKubernetesResource> resource(ResourceId id, ResourceDefinitionContext definition) {
		var all = client.genericKubernetesResources(definition);
		return definition.isNamespaceScoped() ? all.inNamespace(id.namespace()).withName(id.name())
				: all.withName(id.name());
	}

	private Resource<GenericKubernetesResource> operation(ResourceId id, ResourceDefinitionContext definition,
			GenericKubernetesResource object) {
		var all = client.genericKubernetesResources(definition);
		return definition.isNamespaceScoped() ? all.inNamespace(id.namespace()).resource(object) : all.resource(object);
	}

	private ResourceDefinitionContext require(ResourceId id) throws IOException {
		return definition(id).orElseThrow(() -> new IOException(("The Kubernetes API could not find %s/%s for requested"
				+ " resource %s/%s. Make sure the \"%s\" CRD is installed on the destination cluster.")
			.formatted(id.group(), id.kind(), id.namespace(), id.name(), id.kind())));
	}

	private Optional<ResourceDefinitionContext> definition(ResourceId id) {
		ResourceDefinitionContext.Builder definition = new ResourceDefinitionContext.Builder().withGroup(id.group())
			.withVersion(id.version())
			.withKind(id.kind());
		if (isOfKubernetes(id.group())) {
			return Optional.of(definition.withPlural(Pluralize.toPlural(id.kind().toLowerCase(Locale.ROOT)))
				.withNamespaced(!CLUSTER_KINDS.contains(id.kind()))
				.build());
		}
		return definitions().stream()
			.filter(each -> each.getSpec().getGroup().equals(id.group())
					&& each.getSpec().getNames().getKind().equals(id.kind()))
			.findFirst()
			.map(each -> definition.withPlural(each.getSpec().getNames().getPlural())
				.withNamespaced("Namespaced".equals(each.getSpec().getScope()))
				.build());
	}

	private List<CustomResourceDefinition> definitions() {
		return client.apiextensions().v1().customResourceDefinitions().list().getItems();
	}

	private static boolean isOfKubernetes(String group) {
		return !group.contains(".") || group.endsWith(".k8s.io");
	}

}
