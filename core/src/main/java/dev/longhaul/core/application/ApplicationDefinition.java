package dev.longhaul.core.application;

import java.util.List;

/**
 * An application as it is declared. Which volumes it has is known once the cluster was
 * asked for those of a label.
 *
 * @param volumes at least one
 * @param workloads what runs on them
 */
public record ApplicationDefinition(ApplicationName name, List<VolumeSelector> volumes, List<Workload> workloads) {

	public ApplicationDefinition {
		volumes = List.copyOf(volumes);
		workloads = List.copyOf(workloads);
		if (volumes.isEmpty()) {
			throw new IllegalArgumentException("application '" + name + "' names no volume");
		}
	}

}
