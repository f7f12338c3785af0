package dev.longhaul.backupstore.hidden;

import java.time.Instant;
import java.util.List;

import dev.longhaul.backupstore.mirror.Load;
import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * Which hidden versions of a target would go for good. Nothing goes by it: that takes an
 * {@link ApprovedHidden}.
 *
 * @param target its URL
 * @param hiddenBefore what was hidden later stays
 * @param volumes that have versions, by name
 */
public record HiddenPlan(String target, Instant hiddenBefore, List<HiddenVolume> volumes) {

	public HiddenPlan {
		volumes = List.copyOf(volumes);
	}

	public Load goes() {
		return volumes.stream().map(HiddenVolume::goes).reduce(Load.NONE, Load::plus);
	}

	/** Whether a backup needs something that is hidden. */
	public boolean showsDamage() {
		return volumes.stream().anyMatch(volume -> !volume.rescues().isEmpty());
	}

	/**
	 * What the plan decides, as 64 hexadecimal digits: which versions go, and which
	 * backups are present.
	 */
	public String hash() {
		Sha256 hash = new Sha256();
		hash.addLine("longhaul hidden versions 1");
		hash.addLine("target " + target);
		hash.addLine("hidden before " + hiddenBefore);
		volumes.forEach(
				volume -> hash.addLine("volume %s %s %s".formatted(volume.volume(), volume.needs(), volume.hash())));
		return hash.finish();
	}

	/**
	 * Approves exactly this plan.
	 * @param approvedHash the hash of the plan that somebody looked at
	 * @throws RefusedRequest if this is another plan
	 */
	public ApprovedHidden approve(String approvedHash) {
		String hash = hash();
		if (!hash.equals(approvedHash)) {
			throw new RefusedRequest(FailureCode.PLAN_CHANGED,
					"the plan for hidden versions on %s is %s, and '%s' was approved".formatted(target, hash,
							approvedHash),
					"look at it as it is now with 'longhaul retention hidden plan', and approve its hash");
		}
		return new ApprovedHidden(this);
	}

}
