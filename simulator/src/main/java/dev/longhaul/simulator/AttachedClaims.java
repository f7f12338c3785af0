package dev.longhaul.simulator;

import java.nio.file.Path;
import java.util.Optional;

import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.engine.Engines;
import dev.longhaul.simulator.engine.SimulatedEngine;
import dev.longhaul.simulator.kubelet.ClaimDirectories;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/**
 * The live files behind a claim, as Longhorn's CSI driver mounts them: only while the
 * claim is bound and its volume attached with a device.
 */
record AttachedClaims(LonghornObjects objects, Engines engines) implements ClaimDirectories {

	@Override
	public Optional<Path> find(ClaimRef claim) {
		return boundVolume(claim).filter(this::isUsable).flatMap(engines::find).map(SimulatedEngine::files);
	}

	private Optional<VolumeName> boundVolume(ClaimRef claim) {
		KubernetesClient client = objects.client();
		PersistentVolumeClaim found = client.persistentVolumeClaims()
			.inNamespace(claim.namespace())
			.withName(claim.name())
			.get();
		return Optional.ofNullable(found)
			.filter(each -> each.getStatus() != null && "Bound".equals(each.getStatus().getPhase()))
			.map(each -> client.persistentVolumes().withName(each.getSpec().getVolumeName()).get())
			.map(AttachedClaims::handle)
			.map(VolumeName::new);
	}

	private static @Nullable String handle(PersistentVolume persistentVolume) {
		return (persistentVolume.getSpec().getCsi() != null) ? persistentVolume.getSpec().getCsi().getVolumeHandle()
				: null;
	}

	private boolean isUsable(VolumeName volume) {
		return objects.find(Volume.class, volume.value())
			.map(found -> found.view().getStatus())
			.filter(status -> "attached".equals(status.getState()))
			.filter(status -> !Boolean.TRUE.equals(status.getFrontendDisabled()))
			.isPresent();
	}

}
