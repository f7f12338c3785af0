package dev.longhaul.simulator.kubelet;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What of a container's description matters on this machine, everything looked up.
 *
 * @param run the shell command its pod declares as its main process; null if nothing runs
 */
record ContainerSpec(String name, String image, String workingDirectory, Map<String, String> environment,
		List<Mount> mounts, @Nullable String run) {

	ContainerSpec {
		environment = Map.copyOf(environment);
		mounts = List.copyOf(mounts);
	}

}
