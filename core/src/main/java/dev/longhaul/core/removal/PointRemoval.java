package dev.longhaul.core.removal;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.retention.StoredPoint;

/**
 * What became of a restore point that was to go.
 */
public record PointRemoval(StoredPoint point, Fate fate) {

	/** How it ended. */
	public sealed interface Fate {

	}

	/** None of its backups and exports is in the bucket any more. */
	public record Removed() implements Fate {
	}

	/**
	 * Nothing of it was touched.
	 *
	 * @param why for people
	 */
	public record Left(String why) implements Fate {
	}

	/**
	 * It may be there in full, in part or not at all; the next plan looks.
	 *
	 * @param why for people
	 */
	public record Failed(FailureCode code, String why) implements Fate {
	}

	public boolean isRemoved() {
		return fate instanceof Removed;
	}

}
