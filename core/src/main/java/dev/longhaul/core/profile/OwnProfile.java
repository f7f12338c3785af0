package dev.longhaul.core.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;

/**
 * The user's own steps.
 */
public record OwnProfile(List<QuietStep> ownSteps, Duration limit) implements Profile {

	private static final Script FREEZE = Script.of("freeze.sh");

	private static final Script THAW = Script.of("thaw.sh");

	public OwnProfile {
		ownSteps = List.copyOf(ownSteps);
	}

	/**
	 * Stops every write to file systems. Within the same command they thaw by themselves
	 * after the limit, so that a program that was killed cannot leave them frozen.
	 * @param paths where they are mounted in the container, which needs the capability
	 * {@code SYS_ADMIN}
	 * @param limit of the window
	 */
	public static QuietStep freeze(Place place, List<String> paths, Duration timeout, Duration limit) {
		return new QuietStep.Hold("freeze " + String.join(", ", paths), "", place,
				FREEZE.command(arguments(limit, paths)), THAW.command(paths.toArray(String[]::new)), timeout);
	}

	private static String[] arguments(Duration limit, List<String> paths) {
		List<String> arguments = new ArrayList<>(List.of(Long.toString(limit.toSeconds())));
		arguments.addAll(paths);
		return arguments.toArray(String[]::new);
	}

	@Override
	public List<QuietStep> steps(int volumes) {
		return ownSteps;
	}

	@Override
	public Set<Workload> workloads() {
		Set<Workload> workloads = new LinkedHashSet<>();
		for (QuietStep step : ownSteps) {
			if (step instanceof QuietStep.Run run) {
				workloads.add(run.place().workload());
			}
			else if (step instanceof QuietStep.Hold hold) {
				workloads.add(hold.place().workload());
			}
			else if (step instanceof QuietStep.ScaleToZero scale) {
				workloads.add(scale.workload());
			}
		}
		return workloads;
	}

}
