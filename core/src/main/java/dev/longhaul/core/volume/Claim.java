package dev.longhaul.core.volume;

import java.util.Map;

/**
 * A PersistentVolumeClaim, as far as an application is chosen by it.
 */
public record Claim(ClaimRef ref, Map<String, String> labels) {

	public Claim {
		labels = Map.copyOf(labels);
	}

}
