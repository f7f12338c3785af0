package dev.longhaul.core.application;

import java.util.Map;

import dev.longhaul.core.volume.Claim;
import dev.longhaul.core.volume.ClaimRef;

/**
 * Names volumes of an application by the claims on them.
 */
public sealed interface VolumeSelector {

	/** Whether it means this claim. */
	boolean chooses(Claim claim);

	/** Where its claims are. */
	String namespace();

	/** The volume that is bound to a claim. */
	record ByClaim(ClaimRef claim) implements VolumeSelector {

		@Override
		public boolean chooses(Claim other) {
			return other.ref().equals(claim);
		}

		@Override
		public String namespace() {
			return claim.namespace();
		}

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

		@Override
		public boolean chooses(Claim claim) {
			return claim.ref().namespace().equals(namespace)
					&& claim.labels().entrySet().containsAll(labels.entrySet());
		}

		/** For people: {@code app=gitea,tier=db in 'gitea'}. */
		@Override
		public String toString() {
			StringBuilder text = new StringBuilder();
			labels.entrySet()
				.stream()
				.sorted(Map.Entry.comparingByKey())
				.forEach(label -> text.append(text.isEmpty() ? "" : ",").append(label));
			return text + " in '" + namespace + "'";
		}

	}

}
