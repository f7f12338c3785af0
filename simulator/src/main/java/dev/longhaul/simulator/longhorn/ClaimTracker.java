package dev.longhaul.simulator.longhorn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.VolumeStatus;
import dev.longhaul.longhorn.crd.volumestatus.KubernetesStatus;
import dev.longhaul.longhorn.crd.volumestatus.kubernetesstatus.WorkloadsStatus;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import dev.longhaul.simulator.control.Stored;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

/**
 * Plays the Kubernetes PV controller of Longhorn: writes down what claim is on a volume
 * and which pods use it. The history stays when they go.
 */
final class ClaimTracker implements Reconciler {

	private final LonghornParts parts;

	private final LonghornObjects objects;

	ClaimTracker(LonghornParts parts) {
		this.parts = parts;
		this.objects = parts.objects();
	}

	/**
	 * @param name of the volume
	 */
	@Override
	public Next reconcile(String name) {
		Optional<Stored<Volume>> found = objects.find(Volume.class, name).filter(volume -> !volume.isDeleting());
		if (found.isEmpty()) {
			return Next.onChange();
		}
		if (Admission.orElse(VolumeController.status(found.get()).getState(), "").isEmpty()) {
			return Next.after(parts.timing().retry());
		}
		VolumeStatus status = VolumeController.status(found.get());
		Optional<PersistentVolume> persistentVolume = new Claims(objects.client()).persistentVolumeOf(name);
		KubernetesStatus before = Objects.requireNonNullElseGet(status.getKubernetesStatus(), KubernetesStatus::new);
		status.setKubernetesStatus(
				persistentVolume.isPresent() ? track(before, persistentVolume.get()) : withoutVolume(before));
		objects.writeStatus(Volume.class, found.get());
		return Next.onChange();
	}

	private KubernetesStatus track(KubernetesStatus before, PersistentVolume persistentVolume) {
		String name = persistentVolume.getMetadata().getName();
		boolean another = before.getPvName() != null && !before.getPvName().isEmpty()
				&& !before.getPvName().equals(name);
		KubernetesStatus status = another ? new KubernetesStatus() : before;
		status.setPvName(name);
		status.setPvStatus((persistentVolume.getStatus() != null) ? persistentVolume.getStatus().getPhase() : "");
		ObjectReference claim = persistentVolume.getSpec().getClaimRef();
		if ("Bound".equals(status.getPvStatus()) && claim != null) {
			status.setNamespace(claim.getNamespace());
			status.setPvcName(claim.getName());
			status.setLastPVCRefAt("");
			trackPods(status, new Claims(objects.client()).podsUsing(claim.getNamespace(), claim.getName()));
		}
		else {
			leave(status);
		}
		return status;
	}

	private void trackPods(KubernetesStatus status, List<Pod> pods) {
		if (pods.isEmpty()) {
			status.setLastPodRefAt((status.getWorkloadsStatus() != null) ? orNow(status.getLastPodRefAt()) : "");
			return;
		}
		List<WorkloadsStatus> workloads = new ArrayList<>();
		for (Pod pod : pods) {
			WorkloadsStatus workload = new WorkloadsStatus();
			workload.setPodName(pod.getMetadata().getName());
			workload.setPodStatus((pod.getStatus() != null) ? pod.getStatus().getPhase() : "");
			OwnerReference owner = pod.getMetadata().getOwnerReferences().stream().findFirst().orElse(null);
			workload.setWorkloadName((owner != null) ? owner.getName() : "");
			workload.setWorkloadType((owner != null) ? owner.getKind() : "");
			workloads.add(workload);
		}
		status.setWorkloadsStatus(workloads);
		status.setLastPodRefAt("");
	}

	private KubernetesStatus withoutVolume(KubernetesStatus status) {
		if (!Admission.orElse(status.getPvName(), "").isEmpty()) {
			status.setPvName("");
			status.setPvStatus("");
			leave(status);
		}
		return status;
	}

	private void leave(KubernetesStatus status) {
		if (!Admission.orElse(status.getPvcName(), "").isEmpty()) {
			status.setLastPVCRefAt(orNow(status.getLastPVCRefAt()));
			status.setLastPodRefAt(orNow(status.getLastPodRefAt()));
		}
	}

	private String orNow(@Nullable String time) {
		return Admission.orElse(time, parts.now());
	}

}
