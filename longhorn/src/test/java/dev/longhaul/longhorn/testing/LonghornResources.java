package dev.longhaul.longhorn.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.longhaul.core.volume.ClaimRef;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import org.awaitility.Awaitility;

/**
 * Puts Longhorn's kinds and objects into a Kubernetes API, as an installed Longhorn would
 * have.
 */
public final class LonghornResources {

	/** Where the objects of the files below live. */
	public static final String NAMESPACE = "longhorn-system";

	/** Of every claim made here. */
	public static final Map<String, String> CLAIM_LABELS = Map.of("app.kubernetes.io/instance", "vault");

	private static final List<String> KINDS = List.of("backups", "backuptargets", "backupvolumes", "engines", "nodes",
			"recurringjobs", "settings", "snapshots", "volumeattachments", "volumes");

	private LonghornResources() {
	}

	/** Creates the namespace and the kinds, and waits until the API serves them. */
	public static void install(KubernetesClient client) {
		client.resource(new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build()).create();
		KINDS.forEach(kind -> define(client, "/longhorn/crds/" + kind + ".yaml"));
	}

	/**
	 * Teaches the cluster a kind, and waits until it is served.
	 * @param file of a CustomResourceDefinition, among the resources
	 */
	static void define(KubernetesClient client, String file) {
		CustomResourceDefinition definition = client.apiextensions()
			.v1()
			.customResourceDefinitions()
			.load(resource(file))
			.create();
		Awaitility.await(definition.getMetadata().getName())
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(50))
			.atMost(Duration.ofSeconds(20))
			.ignoreException(KubernetesClientException.class)
			.until(() -> isServed(client, definition));
	}

	/** Teaches the cluster what Argo CD's Applications are, and makes their namespace. */
	public static void defineApplications(KubernetesClient client) {
		client.resource(new NamespaceBuilder().withNewMetadata().withName("argocd").endMetadata().build()).create();
		define(client, "/applications.yaml");
	}

	/**
	 * Creates every object of a file as Longhorn would: first the object, then its
	 * status.
	 * @param file below {@code as-written-by-longhorn}
	 */
	public static void put(KubernetesClient client, String file) {
		put(client, file, NAMESPACE);
	}

	/** As {@link #put(KubernetesClient, String)}, into another namespace. */
	public static void put(KubernetesClient client, String file, String namespace) {
		for (HasMetadata item : client.load(resource("/as-written-by-longhorn/" + file)).items()) {
			item.getMetadata().setNamespace(namespace);
			put(client, (GenericKubernetesResource) item);
		}
	}

	/**
	 * Creates a claim and its namespace, a PersistentVolume that is bound to it, and the
	 * StorageClass of both.
	 */
	public static void putClaim(KubernetesClient client, ClaimRef claim) {
		client.resource(new NamespaceBuilder().withNewMetadata().withName(claim.namespace()).endMetadata().build())
			.create();
		for (HasMetadata item : client.load(resource("/as-declared/claim.yaml")).items()) {
			if (item instanceof PersistentVolumeClaim) {
				item.getMetadata().setNamespace(claim.namespace());
				item.getMetadata().setName(claim.name());
				item.getMetadata().setLabels(CLAIM_LABELS);
			}
			client.resource(item).create();
		}
	}

	/**
	 * Creates the objects of an application and a pod of it, in the namespace
	 * {@code git}. Its ConfigMap is owned by its ServiceAccount.
	 */
	public static void putApplication(KubernetesClient client) {
		OwnerReference owner = new OwnerReference();
		for (HasMetadata item : client.load(resource("/as-declared/application.yaml")).items()) {
			if (item instanceof ConfigMap) {
				item.getMetadata().setOwnerReferences(List.of(owner));
			}
			Resource<HasMetadata> created = client.resource(create(client, item));
			if (item instanceof ServiceAccount) {
				owner = ownerOf(created.item());
			}
			if (item instanceof Pod pod) {
				created.editStatus(current -> {
					((Pod) current).setStatus(pod.getStatus());
					return current;
				});
			}
		}
	}

	/**
	 * A pod is refused until a controller has given its ServiceAccount a token.
	 */
	private static HasMetadata create(KubernetesClient client, HasMetadata item) {
		return Awaitility.await(item.getKind())
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(200))
			.atMost(Duration.ofSeconds(20))
			.ignoreExceptionsMatching(LonghornResources::isToBeRetried)
			.until(() -> client.resource(item).create(), Objects::nonNull);
	}

	private static boolean isToBeRetried(Throwable failure) {
		return failure instanceof KubernetesClientException refused && refused.getStatus() != null
				&& "ServerTimeout".equals(refused.getStatus().getReason());
	}

	private static OwnerReference ownerOf(HasMetadata object) {
		return new OwnerReferenceBuilder().withApiVersion(object.getApiVersion())
			.withKind(object.getKind())
			.withName(object.getMetadata().getName())
			.withUid(object.getMetadata().getUid())
			.build();
	}

	/** Creates one object and then writes its status. */
	public static void put(KubernetesClient client, GenericKubernetesResource object) {
		Object status = object.getAdditionalProperties().get("status");
		Resource<GenericKubernetesResource> created = client.resource(client.resource(object).create());
		if (status != null) {
			created.editStatus(current -> withStatus(current, status));
		}
	}

	private static GenericKubernetesResource withStatus(GenericKubernetesResource current, Object status) {
		current.setAdditionalProperty("status", status);
		return current;
	}

	private static boolean isServed(KubernetesClient client, CustomResourceDefinition definition) {
		return client.genericKubernetesResources(CustomResourceDefinitionContext.fromCrd(definition))
			.inNamespace(NAMESPACE)
			.list()
			.getItems()
			.isEmpty();
	}

	private static InputStream resource(String path) {
		try {
			return Objects.requireNonNull(LonghornResources.class.getResource(path), path).openStream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
