package dev.longhaul.simulator.longhorn;

import java.util.Map;
import java.util.Objects;

import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Plays the other half of the CSI provisioner: deletes the volume of a PersistentVolume
 * whose claim is gone, if it is to be deleted then. That is how data is lost.
 */
final class VolumeReclaim implements Reconciler {

	private final LonghornObjects objects;

	private final KubernetesClient client;

	private final SimulatedTiming timing;

	VolumeReclaim(LonghornParts parts) {
		this.objects = parts.objects();
		this.client = objects.client();
		this.timing = parts.timing();
	}

	/**
	 * @param name of the PersistentVolume
	 */
	@Override
	public Next reconcile(String name) {
		PersistentVolume volume = client.persistentVolumes().withName(name).get();
		if (volume == null || !isToBeDeleted(volume)) {
			return Next.onChange();
		}
		String handle = Claims.handle(volume);
		if (objects.find(Volume.class, handle).isPresent()) {
			objects.delete(Volume.class, handle);
			return Next.after(timing.retry());
		}
		client.resource(volume).delete();
		return Next.onChange();
	}

	private static boolean isToBeDeleted(PersistentVolume volume) {
		return volume.getMetadata().getDeletionTimestamp() == null && volume.getStatus() != null
				&& "Released".equals(volume.getStatus().getPhase())
				&& "Delete".equals(volume.getSpec().getPersistentVolumeReclaimPolicy())
				&& Words.CSI_DRIVER
					.equals(Objects.requireNonNullElse(volume.getMetadata().getAnnotations(), Map.<String, String>of())
						.get(ClaimProvisioner.PROVISIONED_BY));
	}

}
