package dev.longhaul.simulator.longhorn;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.VolumeSpec;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import dev.longhaul.simulator.control.Stored;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Plays the CSI provisioner: makes a new, empty volume for a claim that names none, and
 * the PersistentVolume that leads to it.
 */
final class ClaimProvisioner implements Reconciler {

	static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

	private static final String STORAGE = "storage";

	private static final String MANY_WRITERS = "ReadWriteMany";

	private final LonghornObjects objects;

	private final KubernetesClient client;

	private final SimulatedTiming timing;

	ClaimProvisioner(LonghornParts parts) {
		this.objects = parts.objects();
		this.client = objects.client();
		this.timing = parts.timing();
	}

	/**
	 * @param name {@code namespace/name}
	 */
	@Override
	public Next reconcile(String name) {
		ClaimRef reference = ClaimRef.parse(name);
		PersistentVolumeClaim claim = client.persistentVolumeClaims()
			.inNamespace(reference.namespace())
			.withName(reference.name())
			.get();
		if (claim == null || !asksForVolume(claim)) {
			return Next.onChange();
		}
		StorageClass storageClass = client.storage()
			.v1()
			.storageClasses()
			.withName(claim.getSpec().getStorageClassName())
			.get();
		return (storageClass != null) ? provision(claim, storageClass) : Next.onChange();
	}

	private static boolean asksForVolume(PersistentVolumeClaim claim) {
		Map<String, String> annotations = Objects.requireNonNullElse(claim.getMetadata().getAnnotations(), Map.of());
		String provisioner = annotations.getOrDefault("volume.kubernetes.io/storage-provisioner",
				annotations.get("volume.beta.kubernetes.io/storage-provisioner"));
		return Words.CSI_DRIVER.equals(provisioner) && claim.getMetadata().getDeletionTimestamp() == null
				&& Admission.orElse(claim.getSpec().getVolumeName(), "").isEmpty();
	}

	private Next provision(PersistentVolumeClaim claim, StorageClass storageClass) {
		String name = "pvc-" + claim.getMetadata().getUid();
		if (client.persistentVolumes().withName(name).get() != null) {
			return Next.onChange();
		}
		Map<String, String> parameters = Objects.requireNonNullElse(storageClass.getParameters(), Map.of());
		Optional<Stored<Volume>> volume = objects.find(Volume.class, name);
		if (volume.isEmpty()) {
			objects.createOnce(Volume.class, volume(name, claim, parameters));
		}
		else if (isReady(volume.get())) {
			client.resource(persistentVolume(volume.get(), claim, storageClass, parameters)).create();
			return Next.onChange();
		}
		return Next.after(timing.retry());
	}

	private static boolean isReady(Stored<Volume> volume) {
		return Words.DETACHED.equals(VolumeController.status(volume).getState()) && !VolumeRestore.isUnderWay(volume);
	}

	private static Volume volume(String name, PersistentVolumeClaim claim, Map<String, String> parameters) {
		VolumeSpec spec = new VolumeSpec();
		Quantity size = Objects.requireNonNull(claim.getSpec().getResources().getRequests().get(STORAGE));
		spec.setSize(Long.toString(size.getNumericalAmount().longValue()));
		spec.setFrontend("blockdev");
		spec.setNumberOfReplicas(number(parameters, "numberOfReplicas"));
		spec.setStaleReplicaTimeout(number(parameters, "staleReplicaTimeout"));
		spec.setDataLocality(parameters.get("dataLocality"));
		spec.setDataEngine(parameters.get("dataEngine"));
		spec.setBackupTargetName(parameters.get("backupTargetName"));
		spec.setFromBackup(parameters.get("fromBackup"));
		spec.setAccessMode(claim.getSpec().getAccessModes().contains(MANY_WRITERS) ? "rwx" : "rwo");
		Volume volume = new Volume();
		volume.setMetadata(new ObjectMetaBuilder().withName(name).build());
		volume.setSpec(spec);
		return volume;
	}

	/** Zero is Longhorn's own default. */
	private static long number(Map<String, String> parameters, String name) {
		return Long.parseLong(parameters.getOrDefault(name, "0"));
	}

	private static PersistentVolume persistentVolume(Stored<Volume> volume, PersistentVolumeClaim claim,
			StorageClass storageClass, Map<String, String> parameters) {
		Map<String, String> attributes = new HashMap<>(parameters);
		attributes.put("storage.kubernetes.io/csiProvisionerIdentity", "simulated-" + Words.CSI_DRIVER);
		return new PersistentVolumeBuilder().withNewMetadata()
			.withName(volume.name())
			.addToAnnotations(PROVISIONED_BY, Words.CSI_DRIVER)
			.addToFinalizers("kubernetes.io/pv-protection")
			.endMetadata()
			.withNewSpec()
			.withCapacity(Map.of(STORAGE, new Quantity(volume.view().getSpec().getSize())))
			.withAccessModes(claim.getSpec().getAccessModes())
			.withPersistentVolumeReclaimPolicy(Admission.orElse(storageClass.getReclaimPolicy(), "Delete"))
			.withStorageClassName(storageClass.getMetadata().getName())
			.withVolumeMode("Filesystem")
			.withNewClaimRef()
			.withApiVersion("v1")
			.withKind("PersistentVolumeClaim")
			.withNamespace(claim.getMetadata().getNamespace())
			.withName(claim.getMetadata().getName())
			.withUid(claim.getMetadata().getUid())
			.withResourceVersion(claim.getMetadata().getResourceVersion())
			.endClaimRef()
			.withNewCsi()
			.withDriver(Words.CSI_DRIVER)
			.withVolumeHandle(volume.name())
			.withFsType(parameters.getOrDefault("fsType", "ext4"))
			.withVolumeAttributes(attributes)
			.endCsi()
			.endSpec()
			.build();
	}

}
