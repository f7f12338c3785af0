package dev.longhaul.backupstore.mirror;

import java.util.List;

import dev.longhaul.core.run.Recorded.Refusal;

/**
 * What became of the exports beside the volumes.
 *
 * @param planned that were to be copied
 * @param copied that were; none of a plan
 * @param held that were there already
 * @param damaged of which the source has not what it recorded; they are not copied
 * @param refused records that are not believed, and of which nothing is copied
 */
public record CopiedExports(Load planned, Load copied, Load held, List<Refusal> damaged, List<Refusal> refused) {

	public CopiedExports {
		damaged = List.copyOf(damaged);
		refused = List.copyOf(refused);
	}

	/** Whether the source has lost something, or tells what is not believed. */
	public boolean hasDamage() {
		return !damaged.isEmpty() || !refused.isEmpty();
	}

}
