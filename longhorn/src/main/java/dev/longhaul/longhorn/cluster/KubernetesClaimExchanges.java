package dev.longhaul.longhorn.cluster;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.longhaul.core.cluster.ClaimExchanges;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.volume.ClaimRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * Claims, PersistentVolumes and the pods that use them.
 */
final class KubernetesClaimExchanges implements ClaimExchanges {

	/** The namespace of what is in none. */
	private static final String NOWHERE = "";

	private static final ResourceDefinitionContext VOLUMES = ResourceDefinitionContext
		.fromResourceType(PersistentVolume.class);

	/** Such a pod has let go of its volumes. */
	private static final Set<String> OVER = Set.of("Succeeded", "Failed");

	private static final int ATTEMPTS = 5;

	private final KubernetesClient client;

	private final LonghornApi api;

	KubernetesClaimExchanges(KubernetesClient client, String namespace, Clock clock) {
		this.client = client;
		this.api = new LonghornApi(client, namespace, clock);
	}

	@Override
	public List<UsingPod> podsUsing(ClaimRef claim) {
		return api.list(Pod.class, claim.namespace())
			.stream()
			.map(found -> client.getKubernetesSerialization().convertValue(found, Pod.class))
			.filter(pod -> isUsing(pod, claim.name()))
			.map(pod -> new UsingPod(Wire.name(pod), Wire.isBeingDeleted(pod)))
			.sorted(Comparator.comparing(UsingPod::name))
			.toList();
	}

	private static boolean isUsing(Pod pod, String claim) {
		boolean over = pod.getStatus() != null && OVER.contains(Wire.text(pod.getStatus().getPhase()));
		return !over && pod.getSpec() != null
				&& pod.getSpec()
					.getVolumes()
					.stream()
					.anyMatch(volume -> volume.getPersistentVolumeClaim() != null
							&& claim.equals(volume.getPersistentVolumeClaim().getClaimName()));
	}

	@Override
	public Optional<String> volumeOf(ClaimRef claim) {
		return api.find(PersistentVolumeClaim.class, claim.namespace(), claim.name())
			.map(KubernetesClaimExchanges::volumeOf)
			.filter(volume -> !volume.isEmpty());
	}

	private static String volumeOf(GenericKubernetesResource claim) {
		return (claim.get("spec", "volumeName") instanceof String volume) ? volume : "";
	}

	@Override
	public void keep(String persistentVolume) {
		change(persistentVolume, volume -> spec(volume).put("persistentVolumeReclaimPolicy", "Retain"));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> spec(GenericKubernetesResource volume) {
		return (Map<String, Object>) Objects
			.requireNonNull(volume.getAdditionalProperties().computeIfAbsent("spec", key -> new HashMap<>()));
	}

	@Override
	public void annotate(String persistentVolume, String key, String value) {
		change(persistentVolume, volume -> {
			Map<String, String> annotations = new HashMap<>(Wire.merge(null, volume.getMetadata().getAnnotations()));
			if (value.isEmpty()) {
				annotations.remove(key);
			}
			else {
				annotations.put(key, value);
			}
			volume.getMetadata().setAnnotations(annotations);
		});
	}

	@Override
	public Map<String, String> annotations(String persistentVolume) {
		return api.find(VOLUMES, NOWHERE, persistentVolume)
			.map(found -> Wire.merge(null, found.getMetadata().getAnnotations()))
			.orElse(Map.of());
	}

	private void change(String persistentVolume, Consumer<GenericKubernetesResource> change) {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			GenericKubernetesResource found = api.find(VOLUMES, NOWHERE, persistentVolume)
				.orElseThrow(() -> new TransientFailure(FailureCode.CLUSTER_REFUSED,
						"there is no PersistentVolume '%s' any more".formatted(persistentVolume),
						"find out who deleted it; another run says what there is"));
			change.accept(found);
			if (api.updateUnlessChanged(VOLUMES, found)) {
				return;
			}
		}
		throw new TransientFailure(FailureCode.CLUSTER_REFUSED,
				"somebody keeps changing PersistentVolume '%s'".formatted(persistentVolume), "try again");
	}

	@Override
	public void release(ClaimRef claim, String persistentVolume) {
		Optional<GenericKubernetesResource> found = api.find(PersistentVolumeClaim.class, claim.namespace(),
				claim.name());
		if (found.isEmpty() || Wire.isBeingDeleted(found.get())) {
			return;
		}
		if (!persistentVolume.equals(volumeOf(found.get()))) {
			throw new RefusedRequest(FailureCode.RESTORE_CONFLICT,
					"claim %s was bound to '%s', and is bound to '%s' now".formatted(claim, persistentVolume,
							ServerText.oneLine(volumeOf(found.get()))),
					"find out who changed it; another run says what there is");
		}
		api.delete(ResourceDefinitionContext.fromResourceType(PersistentVolumeClaim.class), found.get());
	}

}
