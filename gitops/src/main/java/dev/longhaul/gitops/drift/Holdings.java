package dev.longhaul.gitops.drift;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.VolumeSelector;
import dev.longhaul.core.volume.Claim;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.gitops.definition.Definitions;

/**
 * Which volumes of a cluster which declared application holds.
 */
public final class Holdings {

	private final List<ApplicationDefinition> applications;

	private final List<Volume> volumes;

	private final Map<ClaimRef, Claim> claims = new HashMap<>();

	public Holdings(Definitions definitions, InCluster cluster) {
		this.applications = definitions.applications();
		this.volumes = cluster.volumes();
		cluster.claims().forEach(claim -> claims.put(claim.ref(), claim));
	}

	/** Empty for a volume that no application holds, or that no claim is on. */
	public Optional<ApplicationDefinition> holder(Volume volume) {
		return applications.stream()
			.filter(application -> application.volumes().stream().anyMatch(selector -> chooses(selector, volume)))
			.findFirst();
	}

	/** Its volumes, as far as the cluster has them. */
	public List<Volume> of(ApplicationDefinition application) {
		return volumes.stream().filter(volume -> holder(volume).filter(application::equals).isPresent()).toList();
	}

	/** Whether a volume of Longhorn is behind it. */
	boolean isMatched(VolumeSelector selector) {
		return volumes.stream().anyMatch(volume -> chooses(selector, volume));
	}

	/** Whether there is such a claim, whatever volume it is on. */
	boolean isClaimed(VolumeSelector selector) {
		return claims.values().stream().anyMatch(selector::chooses);
	}

	private boolean chooses(VolumeSelector selector, Volume volume) {
		ClaimRef ref = volume.claim();
		return ref != null && selector.chooses(claims.getOrDefault(ref, new Claim(ref, Map.of())));
	}

}
