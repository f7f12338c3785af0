package dev.longhaul.scheduler.retention;

import java.time.Instant;
import java.util.List;

import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.retention.Decision;
import dev.longhaul.core.retention.RetentionPlan;
import dev.longhaul.core.volume.ByteSize;

/**
 * A plan, as somebody may look at it.
 *
 * @param pinsBeside pins of nights that have no restore point
 */
public record MadePlan(RetentionPlan plan, Instant plannedAt, List<Instant> pinsBeside) {

	public MadePlan {
		pinsBeside = List.copyOf(pinsBeside);
	}

	/**
	 * Of what goes: blocks times block size of each backup. Less than that becomes free,
	 * because backups share blocks.
	 */
	public ByteSize removed() {
		return plan.removals().stream().map(MadePlan::size).reduce(ByteSize.ZERO, ByteSize::plus);
	}

	/** Of all backups of a restore point. */
	public static ByteSize size(Decision decision) {
		return decision.point().backups().stream().map(VolumeBackup::size).reduce(ByteSize.ZERO, ByteSize::plus);
	}

}
