package dev.longhaul.core.cluster;

import java.util.List;

import dev.longhaul.core.workload.DeployedChart;

/**
 * The Helm charts that a cluster runs. Failures are those of {@link VolumeCluster}.
 */
@FunctionalInterface
public interface DeployedCharts {

	/**
	 * Of every Argo CD Application in a namespace that is made of one, and of Argo CD
	 * itself, by name. None if the cluster has no Applications at all.
	 * @param namespace where Argo CD is installed
	 */
	List<DeployedChart> charts(String namespace);

}
