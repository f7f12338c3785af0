package dev.longhaul.core.application;

import java.util.Map;

import dev.longhaul.core.volume.ClaimRef;

/**
 * Names volumes of an application by the claims on them.
 */
public sealed interface VolumeSelector {

	/** The volume that is bound to a claim. */
	record ByClaim(ClaimRef claim) implements VolumeSelector {
	}

	/**
	 * The volumes of all claims that have the labels.
	 *
	 * @param labels at least one; a claim has them all
	 */
	record ByLabels(String namespace, Map<String, String> labels) implements VolumeSelector {

		public ByLabels {
			labels = Map.copyOf(labels);
			if (labels.isEmpty()) {
				throw new IllegalArgumentException("no label would choose every claim of '" + namespace + "'");
			}
		}

	}

}
