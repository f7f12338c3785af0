package dev.longhaul.simulator.longhorn;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.core.volume.ClaimRef;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Who uses a volume, by what Kubernetes itself knows.
 */
record Claims(KubernetesClient client) {

	Optional<PersistentVolume> persistentVolumeOf(String volume) {
		return client.persistentVolumes()
			.list()
			.getItems()
			.stream()
			.filter(each -> volume.equals(handle(each)))
			.min(Comparator.comparing(each -> each.getMetadata().getName()));
	}

	/** The Longhorn volume behind a claim, empty while it is not bound to one. */
	Optional<String> volumeOf(ClaimRef claim) {
		return Optional
			.ofNullable(client.persistentVolumeClaims().inNamespace(claim.namespace()).withName(claim.name()).get())
			.map(found -> found.getSpec().getVolumeName())
			.map(name -> client.persistentVolumes().withName(name).get())
			.map(Claims::handle)
			.filter(volume -> !volume.isEmpty());
	}

	/** The names of the claims that a pod uses. */
	static List<String> usedBy(Pod pod) {
		if (pod.getSpec() == null) {
			return List.of();
		}
		return Objects.requireNonNullElse(pod.getSpec().getVolumes(), List.<Volume>of())
			.stream()
			.filter(volume -> volume.getPersistentVolumeClaim() != null)
			.map(volume -> volume.getPersistentVolumeClaim().getClaimName())
			.toList();
	}

	/** The Longhorn volume behind one, empty if it is of another driver. */
	static String handle(PersistentVolume persistentVolume) {
		if (persistentVolume.getSpec() == null || persistentVolume.getSpec().getCsi() == null
				|| !Words.CSI_DRIVER.equals(persistentVolume.getSpec().getCsi().getDriver())) {
			return "";
		}
		return Admission.orElse(persistentVolume.getSpec().getCsi().getVolumeHandle(), "");
	}

	/** Pods that have not ended, by name. */
	List<Pod> podsUsing(String namespace, String claim) {
		return client.pods()
			.inNamespace(namespace)
			.list()
			.getItems()
			.stream()
			.filter(pod -> usedBy(pod).contains(claim) && !hasEnded(pod))
			.sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
			.toList();
	}

	private static boolean hasEnded(Pod pod) {
		String phase = (pod.getStatus() != null) ? pod.getStatus().getPhase() : "";
		return "Succeeded".equals(phase) || "Failed".equals(phase);
	}

}
