package dev.longhaul.restore.choice;

import java.util.List;

import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import org.jspecify.annotations.Nullable;

/**
 * The claim that a volume was bound to.
 *
 * @param storageClass empty if it named none, or nobody knows
 * @param accessModes in Kubernetes' words; none if nobody knows
 * @param objects what Kubernetes had of it; null if only Longhorn recorded it
 */
public record FormerClaim(ClaimRef ref, String storageClass, List<String> accessModes, @Nullable ClaimObjects objects) {

	public FormerClaim {
		accessModes = List.copyOf(accessModes);
	}

}
