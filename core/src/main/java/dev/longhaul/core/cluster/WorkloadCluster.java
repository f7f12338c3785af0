package dev.longhaul.core.cluster;

import java.time.Duration;
import java.util.List;

import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;

/**
 * The workloads of a cluster, as far as they have to be made quiet. Failures are those of
 * {@link VolumeCluster}; that there is no ready pod to run a command in is a
 * {@link dev.longhaul.core.failure.TransientFailure}.
 */
public interface WorkloadCluster {

	/**
	 * Runs a command to its end, in the first ready pod by name.
	 * @param timeout after which nobody knows what became of it: the command itself may
	 * go on
	 * @throws dev.longhaul.core.failure.OutcomeUnknown if it was begun and its end is not
	 * known
	 */
	CommandResult run(Place place, List<String> command, Duration timeout);

	/**
	 * Begins a command that is told by its input when to end.
	 * @return to be closed by the caller
	 */
	HeldCommand hold(Place place, List<String> command);

	/** How many pods a workload is to have and has. */
	Scale scale(Workload workload);

	/** How many of its pods are ready, by their own probes. */
	int ready(Workload workload);

	/**
	 * Changes how many pods it is to have, and waits for none of them.
	 * @param from what it was when it was looked at
	 * @return whether it was changed; not if it is no longer {@code from}
	 */
	boolean scale(Workload workload, int from, int to);

	/**
	 * What a command came to.
	 *
	 * @param output its beginning, up to some bound
	 * @param errors the beginning of what it complained about
	 */
	record CommandResult(int exitCode, String output, String errors) {

	}

	/**
	 * @param wanted pods, as it is declared now
	 * @param present pods that are there, also those that are ending
	 */
	record Scale(int wanted, int present) {

	}

}
