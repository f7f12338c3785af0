package dev.longhaul.simulator.binding;

import java.util.Optional;

import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Keeps the phase of a volume: available, bound, or released when its claim is gone. What
 * becomes of one that is released and to be deleted is for its provisioner to do.
 */
final class VolumeBinding implements Reconciler {

	private final KubernetesClient client;

	private final Phases phases;

	VolumeBinding(KubernetesClient client) {
		this.client = client;
		this.phases = new Phases(client);
	}

	@Override
	public Next reconcile(String name) {
		PersistentVolume volume = client.persistentVolumes().withName(name).get();
		if (volume != null) {
			reconcile(volume);
		}
		return Next.onChange();
	}

	private void reconcile(PersistentVolume volume) {
		ObjectReference reference = volume.getSpec().getClaimRef();
		if (reference == null || Fit.uid(reference).isEmpty()) {
			phases.set(volume, Phases.AVAILABLE);
			return;
		}
		Optional<PersistentVolumeClaim> claim = claim(reference);
		if (claim.isEmpty()) {
			phases.set(volume, Phases.RELEASED);
		}
		else if (volume.getMetadata().getName().equals(claim.get().getSpec().getVolumeName())) {
			phases.set(volume, Phases.BOUND);
		}
		else if (!ClaimBinding.volumeName(claim.get()).isEmpty()) {
			unbind(volume, reference);
		}
	}

	/** Another claim of that name is not the one the volume was bound to. */
	private Optional<PersistentVolumeClaim> claim(ObjectReference reference) {
		return Optional
			.ofNullable(client.persistentVolumeClaims()
				.inNamespace(reference.getNamespace())
				.withName(reference.getName())
				.get())
			.filter(claim -> claim.getMetadata().getUid().equals(Fit.uid(reference)));
	}

	/** Its claim has taken another volume. */
	private void unbind(PersistentVolume volume, ObjectReference reference) {
		if (Binder.has(volume, Binder.BOUND_BY_CONTROLLER)) {
			volume.getSpec().setClaimRef(null);
			volume.getMetadata().getAnnotations().remove(Binder.BOUND_BY_CONTROLLER);
		}
		else {
			reference.setUid(null);
			reference.setResourceVersion(null);
		}
		phases.set(client.resource(volume).update(), Phases.AVAILABLE);
	}

}
