package dev.longhaul.longhorn.cluster;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.core.cluster.ThrowAwayNamespaces;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Volume;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * Namespaces with a label, whose annotations say what has to be deleted with them. The
 * API server itself refuses pods in them that want to reach their node.
 */
final class KubernetesThrowAwayNamespaces implements ThrowAwayNamespaces {

	/** The application that is rehearsed. */
	private static final String APPLICATION = "longhaul.dev/drill";

	private static final String VOLUMES = "longhaul.dev/drill-volumes";

	/**
	 * Neither hostPath nor the node's network or processes, by the Pod Security
	 * Standards.
	 */
	private static final Map<String, String> POD_SECURITY = Map.of("pod-security.kubernetes.io/enforce", "baseline");

	/** The namespace of what is in none. */
	private static final String NOWHERE = "";

	private static final List<Class<? extends HasMetadata>> DECLARED = List.of(Deployment.class, Service.class,
			StatefulSet.class);

	private static final ResourceDefinitionContext NETWORK_POLICIES = new ResourceDefinitionContext.Builder()
		.withGroup("networking.k8s.io")
		.withVersion("v1")
		.withKind("NetworkPolicy")
		.withPlural("networkpolicies")
		.withNamespaced(true)
		.build();

	private static final Map<String, ResourceDefinitionContext> CREATED = Map.of("Deployment",
			ResourceDefinitionContext.fromResourceType(Deployment.class), "Service",
			ResourceDefinitionContext.fromResourceType(Service.class), "StatefulSet",
			ResourceDefinitionContext.fromResourceType(StatefulSet.class), "NetworkPolicy", NETWORK_POLICIES);

	/** Tokens of the cluster, and what Helm keeps of its releases. */
	private static final List<String> OF_CONTROLLERS = List.of("kubernetes.io/service-account-token", "helm.sh/",
			"bootstrap.kubernetes.io/");

	private final KubernetesClient client;

	private final LonghornApi api;

	/**
	 * @param namespace where Longhorn is installed
	 */
	KubernetesThrowAwayNamespaces(KubernetesClient client, String namespace, Clock clock) {
		this.client = client;
		this.api = new LonghornApi(client, namespace, clock);
	}

	@Override
	public List<JsonObject> declared(String namespace) {
		List<JsonObject> declared = new ArrayList<>();
		for (Class<? extends HasMetadata> type : DECLARED) {
			api.list(type, namespace)
				.stream()
				.filter(found -> !Wire.isBeingDeleted(found))
				.sorted(Comparator.comparing(Wire::name))
				.forEach(found -> declared.add(declared(found, type)));
		}
		return declared;
	}

	private JsonObject declared(GenericKubernetesResource found, Class<? extends HasMetadata> type) {
		String kind = HasMetadata.getKind(type);
		try {
			return JsonObject.of(ApplicableObject.of(client.getKubernetesSerialization().convertValue(found, Map.class),
					HasMetadata.getApiVersion(type), kind));
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.CLUSTER_REFUSED,
					"%s '%s' in '%s' cannot be copied: %s".formatted(kind, Wire.name(found),
							Wire.text(found.getMetadata().getNamespace()), ex.getMessage()),
					"keep what is large of it in a ConfigMap", ex);
		}
	}

	@Override
	public List<ThrowAway> all() {
		return api.list(Namespace.class, NOWHERE)
			.stream()
			.map(KubernetesThrowAwayNamespaces::read)
			.flatMap(Optional::stream)
			.sorted(Comparator.comparing(ThrowAway::namespace))
			.toList();
	}

	/**
	 * Empty if it is none of these, or says nothing that could have been written here.
	 */
	private static Optional<ThrowAway> read(HasMetadata namespace) {
		String application = Wire.label(namespace, APPLICATION);
		Map<String, String> annotations = Wire.merge(null, namespace.getMetadata().getAnnotations());
		String mark = annotations.getOrDefault(RestoreCluster.MARK, "");
		if (application.isEmpty() || mark.isEmpty()) {
			return Optional.empty();
		}
		try {
			List<VolumeName> volumes = Arrays.stream(annotations.getOrDefault(VOLUMES, "").split(","))
				.filter(name -> !name.isEmpty())
				.map(VolumeName::new)
				.toList();
			return Optional.of(new ThrowAway(Wire.name(namespace), new ApplicationName(application), mark, volumes));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	@Override
	public void make(ThrowAway place) {
		Map<String, String> labels = new HashMap<>(POD_SECURITY);
		labels.put(APPLICATION, place.application().value());
		String volumes = place.volumes().stream().map(VolumeName::value).collect(Collectors.joining(","));
		api.createUnlessThere(new NamespaceBuilder().withNewMetadata()
			.withName(place.namespace())
			.withLabels(labels)
			.withAnnotations(Map.of(RestoreCluster.MARK, place.mark(), VOLUMES, volumes))
			.endMetadata()
			.build());
		if (!api.find(Namespace.class, NOWHERE, place.namespace())
			.filter(found -> !Wire.isBeingDeleted(found))
			.flatMap(KubernetesThrowAwayNamespaces::read)
			.equals(Optional.of(place))) {
			throw new RefusedRequest(FailureCode.RESTORE_CONFLICT,
					"there is a namespace '%s' already, and it is not of this drill".formatted(place.namespace()),
					"look at it: kubectl get namespace %s -o yaml".formatted(place.namespace()));
		}
	}

	@Override
	public void create(JsonObject object) {
		ResourceDefinitionContext kind = CREATED.get(object.text("kind").orElse(""));
		if (kind == null) {
			throw new IllegalArgumentException("a drill has nothing to do with such an object");
		}
		require(object.text("metadata", "namespace").orElse(NOWHERE));
		var unusedWhether = api.createUnlessThere(kind,
				client.getKubernetesSerialization().convertValue(object.fields(), GenericKubernetesResource.class));
	}

	@Override
	public boolean copy(Settings settings, String from, String to) {
		require(to);
		Class<? extends HasMetadata> type = switch (settings.kind()) {
			case CONFIG_MAP -> ConfigMap.class;
			case SECRET -> Secret.class;
		};
		Optional<GenericKubernetesResource> found = api.find(type, from, settings.name())
			.filter(object -> !isOfControllers(object));
		found.ifPresent(object -> {
			object.setMetadata(new ObjectMetaBuilder().withName(settings.name()).withNamespace(to).build());
			var unusedWhether = api.createUnlessThere(ResourceDefinitionContext.fromResourceType(type), object);
		});
		return found.isPresent();
	}

	private static boolean isOfControllers(GenericKubernetesResource object) {
		String kind = (object.getAdditionalProperties().get("type") instanceof String text) ? text : "";
		return OF_CONTROLLERS.stream().anyMatch(kind::startsWith);
	}

	@Override
	public boolean clear(String namespace) {
		require(namespace);
		delete(Deployment.class, namespace);
		delete(StatefulSet.class, namespace);
		// Those of workloads that are gone end by themselves.
		if (!api.list(Pod.class, namespace).isEmpty()) {
			return false;
		}
		return delete(PersistentVolumeClaim.class, namespace);
	}

	/** Whether there is nothing to be deleted. */
	private boolean delete(Class<? extends HasMetadata> type, String namespace) {
		List<GenericKubernetesResource> left = api.list(type, namespace);
		left.stream()
			.filter(object -> !Wire.isBeingDeleted(object))
			.forEach(object -> api.deleteByName(type, namespace, Wire.name(object)));
		return left.isEmpty();
	}

	private void delete(Class<? extends HasMetadata> type, GenericKubernetesResource seen) {
		if (!Wire.isBeingDeleted(seen)) {
			api.delete(ResourceDefinitionContext.fromResourceType(type), seen);
		}
	}

	@Override
	public boolean remove(VolumeName volume, String mark) {
		Optional<GenericKubernetesResource> offered = api.find(PersistentVolume.class, NOWHERE, volume.value())
			.filter(found -> mark.equals(annotation(found.getMetadata())));
		offered.ifPresent(found -> delete(PersistentVolume.class, found));
		Optional<GenericKubernetesResource> made = api.find(Volume.class, volume.value())
			.filter(found -> mark.equals(Wire.label(found, RestoreCluster.MARK)));
		// Its driver detaches it first.
		if (offered.isEmpty()) {
			made.ifPresent(found -> delete(Volume.class, found));
		}
		return offered.isEmpty() && made.isEmpty();
	}

	private static String annotation(ObjectMeta metadata) {
		return Wire.merge(null, metadata.getAnnotations()).getOrDefault(RestoreCluster.MARK, "");
	}

	@Override
	public boolean remove(String namespace) {
		Optional<GenericKubernetesResource> found = api.find(Namespace.class, NOWHERE, namespace);
		found.ifPresent(object -> {
			requireOurs(object);
			delete(Namespace.class, object);
		});
		return found.isEmpty();
	}

	private void require(String namespace) {
		requireOurs(api.find(Namespace.class, NOWHERE, namespace).orElseThrow(() -> notOurs(namespace)));
	}

	private static void requireOurs(HasMetadata namespace) {
		if (read(namespace).isEmpty()) {
			throw notOurs(Wire.name(namespace));
		}
	}

	private static RefusedRequest notOurs(String namespace) {
		return new RefusedRequest(FailureCode.RESTORE_CONFLICT,
				"namespace '%s' is none that a drill has made, or is there no more".formatted(namespace),
				"nothing of it was touched; look at it: kubectl get namespace %s -o yaml".formatted(namespace));
	}

}
