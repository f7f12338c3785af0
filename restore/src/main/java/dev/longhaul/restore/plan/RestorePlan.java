package dev.longhaul.restore.plan;

import java.util.List;

import dev.longhaul.core.digest.Sha256;
import dev.longhaul.restore.choice.Absence;
import org.jspecify.annotations.Nullable;

/**
 * What would be restored, from what, in which order and why. A run carries out exactly
 * one plan, which somebody has looked at: its {@link #hash()} tells one from another.
 *
 * @param target URL of the bucket
 * @param volumes in the order in which they are restored
 * @param steps in their order
 * @param repository that one of the applications serves; null if none of them does
 * @param deployment how what uses the volumes comes back; null if only volumes and claims
 * do
 * @param remarks what somebody should know before it is carried out
 * @param missing what a whole restore would have, and this one has not
 * @param leftOut what is in the bucket and not wanted
 */
public record RestorePlan(String target, List<PlannedVolume> volumes, List<PlannedStep> steps,
		@Nullable PlannedRepository repository, @Nullable PlannedDeployment deployment, List<String> remarks,
		List<Absence> missing, List<Absence> leftOut, Cost cost) {

	public RestorePlan {
		volumes = List.copyOf(volumes);
		steps = List.copyOf(steps);
		remarks = List.copyOf(remarks);
		missing = List.copyOf(missing);
		leftOut = List.copyOf(leftOut);
	}

	/**
	 * What the plan does, as 64 hexadecimal digits: not when it was made, what it costs,
	 * or in which words its reasons are told.
	 */
	public String hash() {
		return Sha256.of(PlanJson.decisions(this));
	}

}
