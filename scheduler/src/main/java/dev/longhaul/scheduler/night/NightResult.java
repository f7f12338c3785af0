package dev.longhaul.scheduler.night;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.verdict.Proof;

/**
 * A night that was run to its end, now or before.
 */
public record NightResult(NightEnd end, RunManifest manifest, RunProof proof) {

	/**
	 * Damage weighs more than what could not be reached: it does not go away by itself.
	 */
	ExitStatus exitStatus() {
		if (any(Proof.Refuted.class)) {
			return ExitStatus.DAMAGE;
		}
		return any(Proof.Unread.class) ? ExitStatus.UNAVAILABLE : ExitStatus.PROVEN;
	}

	private boolean any(Class<? extends Proof> kind) {
		return proof.applications().stream().anyMatch(application -> kind.isInstance(application.tonight()));
	}

}
