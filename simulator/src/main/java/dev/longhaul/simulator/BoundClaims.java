package dev.longhaul.simulator;

import java.net.HttpURLConnection;
import java.util.Map;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatusBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * Makes the PersistentVolume of a Longhorn volume and a claim on it, in the order in
 * which a provisioner does: a controller-manager that meets them the other way round
 * binds them only with its next look at everything, up to 15 s later.
 */
record BoundClaims(KubernetesClient client) {

	private static final String STORAGE_CLASS = "longhorn";

	private static final String ACCESS_MODE = "ReadWriteOnce";

	/**
	 * @param bind whether nobody else binds the two: an API without a controller-manager
	 */
	void create(VolumePlan volume, boolean bind) {
		String namespace = volume.claim().namespace();
		createNamespace(namespace);
		PersistentVolumeClaim claim = client.resource(claim(volume)).create();
		PersistentVolume wanted = persistentVolume(volume);
		wanted.getSpec().getClaimRef().setUid(claim.getMetadata().getUid());
		PersistentVolume updated = client.resource(wanted).create();
		if (bind) {
			claim.getSpec().setVolumeName(volume.name().value());
			claim = client.resource(claim).update();
			updated.setStatus(new PersistentVolumeStatusBuilder().withPhase("Bound").build());
			client.resource(updated).updateStatus();
			claim.setStatus(new PersistentVolumeClaimStatusBuilder().withPhase("Bound")
				.withAccessModes(ACCESS_MODE)
				.withCapacity(Map.of("storage", quantity(volume)))
				.build());
			client.resource(claim).updateStatus();
		}
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
			.withStorageClassName(STORAGE_CLASS)
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

	private static PersistentVolumeClaim claim(VolumePlan volume) {
		return new PersistentVolumeClaimBuilder().withNewMetadata()
			.withName(volume.claim().name())
			.withNamespace(volume.claim().namespace())
			.endMetadata()
			.withNewSpec()
			.withAccessModes(ACCESS_MODE)
			.withStorageClassName(STORAGE_CLASS)
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
