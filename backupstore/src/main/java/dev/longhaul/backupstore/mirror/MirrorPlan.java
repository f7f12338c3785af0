package dev.longhaul.backupstore.mirror;

import java.util.List;

import dev.longhaul.core.volume.VolumeName;

/**
 * What there is to do.
 *
 * @param volumes those of the source that were chosen, by name
 * @param exports beside them
 * @param extraVolumes that the destination has and the source, which has others, has not;
 * nothing of them is removed
 */
public record MirrorPlan(List<VolumePlan> volumes, Load exports, List<VolumeName> extraVolumes) {

	public MirrorPlan {
		volumes = List.copyOf(volumes);
		extraVolumes = List.copyOf(extraVolumes);
	}

	/** All objects to be copied but for {@code volume.cfg}s. */
	public Load load() {
		return volumes.stream().map(plan -> plan.blocks().plus(plan.manifests())).reduce(exports, Load::plus);
	}

	public Load blocksHeld() {
		return volumes.stream().map(VolumePlan::blocksHeld).reduce(Load.NONE, Load::plus);
	}

	public long reads() {
		return volumes.stream().mapToLong(VolumePlan::reads).sum() + exports.count();
	}

	public long writes() {
		return volumes.stream().mapToLong(VolumePlan::writes).sum() + exports.count();
	}

}
