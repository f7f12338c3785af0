package dev.longhaul.longhorn.cluster;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.core.cluster.DeployedClaims;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.workload.DeployedClaim;
import dev.longhaul.core.workload.Mount;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/**
 * Claims, and the Deployments and StatefulSets whose containers mount them. A workload
 * that cannot be read mounts nothing, and is logged as a warning.
 */
final class KubernetesDeployedClaims implements DeployedClaims {

	private static final System.Logger LOG = System.getLogger(KubernetesDeployedClaims.class.getName());

	/** {@code application:group/kind:namespace/name}; Argo CD's default since 3.0. */
	private static final String TRACKING = "argocd.argoproj.io/tracking-id";

	/** Argo CD's default before, and what charts set themselves. */
	private static final String INSTANCE = "app.kubernetes.io/instance";

	private final KubernetesClient client;

	private final LonghornApi api;

	KubernetesDeployedClaims(KubernetesClient client, String namespace, Clock clock) {
		this.client = client;
		this.api = new LonghornApi(client, namespace, clock);
	}

	@Override
	public List<DeployedClaim> deployedClaims(String namespace) {
		List<Template> templates = new ArrayList<>();
		for (GenericKubernetesResource found : api.list(Deployment.class, namespace)) {
			read(found, Deployment.class, namespace, templates);
		}
		for (GenericKubernetesResource found : api.list(StatefulSet.class, namespace)) {
			read(found, StatefulSet.class, namespace, templates);
		}
		return api.list(PersistentVolumeClaim.class, namespace)
			.stream()
			.map(claim -> deployed(claim, namespace, templates))
			.sorted(Comparator.comparing(DeployedClaim::ref))
			.toList();
	}

	private <W extends HasMetadata> void read(GenericKubernetesResource found, Class<W> type, String namespace,
			List<Template> templates) {
		try {
			Template template = template(client.getKubernetesSerialization().convertValue(found, type), namespace);
			if (template != null) {
				templates.add(template);
			}
		}
		catch (IllegalArgumentException ex) {
			LOG.log(System.Logger.Level.WARNING, "left out: {0} ''{1}'' cannot be read: {2}",
					HasMetadata.getPlural(type), Wire.name(found), ServerText.oneLine(String.valueOf(ex.getMessage())));
		}
	}

	private static @Nullable Template template(HasMetadata workload, String namespace) {
		if (workload instanceof Deployment deployment && deployment.getSpec() != null) {
			return template(workload, new Workload(Workload.Kind.DEPLOYMENT, namespace, Wire.name(workload)),
					deployment.getSpec().getTemplate(), Set.of());
		}
		if (workload instanceof StatefulSet set && set.getSpec() != null) {
			return template(workload, new Workload(Workload.Kind.STATEFUL_SET, namespace, Wire.name(workload)),
					set.getSpec().getTemplate(),
					set.getSpec().getVolumeClaimTemplates().stream().map(Wire::name).collect(Collectors.toSet()));
		}
		return null;
	}

	private static @Nullable Template template(HasMetadata object, Workload workload, @Nullable PodTemplateSpec pods,
			Set<String> made) {
		if (pods == null || pods.getSpec() == null) {
			return null;
		}
		return new Template(workload, instance(object), pods.getSpec(), made);
	}

	private static DeployedClaim deployed(GenericKubernetesResource claim, String namespace, List<Template> templates) {
		String name = Wire.name(claim);
		List<Mount> mounts = templates.stream().flatMap(template -> template.mountsOf(name)).toList();
		String instance = Stream
			.concat(Stream.ofNullable(instance(claim)),
					templates.stream()
						.filter(template -> template.mountsOf(name).findAny().isPresent())
						.map(Template::instance)
						.filter(Objects::nonNull))
			.findFirst()
			.orElse(null);
		return new DeployedClaim(new ClaimRef(namespace, name), instance, mounts);
	}

	private static @Nullable String instance(HasMetadata object) {
		Map<String, String> annotations = Wire.merge(null, object.getMetadata().getAnnotations());
		String tracking = annotations.getOrDefault(TRACKING, "");
		String application = tracking.substring(0, Math.max(0, tracking.indexOf(':')));
		String instance = application.isEmpty() ? Wire.label(object, INSTANCE) : application;
		return instance.isEmpty() ? null : ServerText.oneLine(instance);
	}

	/**
	 * What a workload makes pods of.
	 *
	 * @param made names of the claims that a StatefulSet makes for each of its pods
	 */
	private record Template(Workload workload, @Nullable String instance, PodSpec pods, Set<String> made) {

		Stream<Mount> mountsOf(String claim) {
			Set<String> volumes = Stream
				.concat(pods.getVolumes().stream().filter(volume -> isOf(volume, claim)).map(Volume::getName),
						made.stream().filter(template -> isMadeOf(template, claim)))
				.collect(Collectors.toSet());
			return pods.getContainers()
				.stream()
				.filter(container -> mounts(container, volumes))
				.map(container -> new Mount(new Place(workload, container.getName()),
						ServerText.oneLine(Wire.text(container.getImage()))));
		}

		private static boolean isOf(Volume volume, String claim) {
			return volume.getPersistentVolumeClaim() != null
					&& claim.equals(volume.getPersistentVolumeClaim().getClaimName());
		}

		/** {@code <template>-<set>-<ordinal>}. */
		private boolean isMadeOf(String template, String claim) {
			String prefix = template + "-" + workload.name() + "-";
			return claim.startsWith(prefix) && claim.substring(prefix.length()).matches("[0-9]+");
		}

		private static boolean mounts(Container container, Set<String> volumes) {
			return container.getVolumeMounts().stream().anyMatch(mount -> volumes.contains(mount.getName()));
		}

	}

}
