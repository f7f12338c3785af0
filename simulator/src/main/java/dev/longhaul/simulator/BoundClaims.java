package dev.longhaul.simulator;

import java.net.HttpURLConnection;
import java.util.Map;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * Makes the PersistentVolume of a Longhorn volume and a claim on it, each of which names
 * the other, so that nobody provisions anything.
 */
record BoundClaims(KubernetesClient client) {

	private static final String ACCESS_MODE = "ReadWriteOnce";

	/** Makes the volume, which is to be {@link #isAvailable} before it is claimed. */
	void offer(VolumePlan volume) {
		client.resource(persistentVolume(volume)).create();
	}

	/**
	 * Whether kube-controller-manager knows the volume. A claim on one that it does not
	 * know is bound only with its next look at everything, up to 15 s later.
	 */
	boolean isAvailable(VolumePlan volume) {
		PersistentVolume found = client.persistentVolumes().withName(volume.name().value()).get();
		return found.getStatus() != null && "Available".equals(found.getStatus().getPhase());
	}

	void claim(VolumePlan volume) {
		createNamespace(volume.claim().namespace());
		client.resource(claimOf(volume)).create();
	}

	private void createNamespace(String name) {
		try {
			client.resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build()).create();
		}
		catch (KubernetesClientException ex) {
			if (ex.getCode() != HttpURLConnection.HTTP_CONFLICT) {
				throw ex;
			}
		}
	}

	private static PersistentVolume persistentVolume(VolumePlan volume) {
		return new PersistentVolumeBuilder().withNewMetadata()
			.withName(volume.name().value())
			.addToAnnotations("pv.kubernetes.io/provisioned-by", "driver.longhorn.io")
			.endMetadata()
			.withNewSpec()
			.withCapacity(Map.of("storage", quantity(volume)))
			.withAccessModes(ACCESS_MODE)
			.withPersistentVolumeReclaimPolicy("Retain")
			.withStorageClassName(volume.storageClass())
			.withVolumeMode("Filesystem")
			.withNewClaimRef()
			.withApiVersion("v1")
			.withKind("PersistentVolumeClaim")
			.withNamespace(volume.claim().namespace())
			.withName(volume.claim().name())
			.endClaimRef()
			.withNewCsi()
			.withDriver("driver.longhorn.io")
			.withVolumeHandle(volume.name().value())
			.withFsType("ext4")
			.withVolumeAttributes(Map.of("numberOfReplicas", Integer.toString(volume.replicas()), "staleReplicaTimeout",
					"2880", "diskSelector", "", "nodeSelector", ""))
			.endCsi()
			.endSpec()
			.build();
	}

	private static PersistentVolumeClaim claimOf(VolumePlan volume) {
		return new PersistentVolumeClaimBuilder().withNewMetadata()
			.withName(volume.claim().name())
			.withNamespace(volume.claim().namespace())
			.endMetadata()
			.withNewSpec()
			.withAccessModes(ACCESS_MODE)
			.withStorageClassName(volume.storageClass())
			.withVolumeName(volume.name().value())
			.withNewResources()
			.withRequests(Map.of("storage", quantity(volume)))
			.endResources()
			.endSpec()
			.build();
	}

	private static Quantity quantity(VolumePlan volume) {
		return new Quantity(Long.toString(volume.size().bytes()));
	}

}
