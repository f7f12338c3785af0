package dev.longhaul.core.workload;

import java.util.List;

import dev.longhaul.core.volume.ClaimRef;
import org.jspecify.annotations.Nullable;

/**
 * A claim with what it belongs to.
 *
 * @param instance the application that it was deployed as, by Argo CD's annotation or the
 * label {@code app.kubernetes.io/instance}, its own or that of what mounts it; null if
 * none of them says
 * @param mounts of Deployments and StatefulSets; none if nothing else uses it
 */
public record DeployedClaim(ClaimRef ref, @Nullable String instance, List<Mount> mounts) {

	public DeployedClaim {
		mounts = List.copyOf(mounts);
	}

}
