package dev.longhaul.restore.rebuild;

import dev.longhaul.core.cluster.ArgoApplications;
import dev.longhaul.core.cluster.BootstrapObjects;
import dev.longhaul.core.cluster.DeployedClaims;
import dev.longhaul.core.cluster.WaitingPods;
import dev.longhaul.restore.bootstrap.ChartInstaller;
import dev.longhaul.restore.repository.RepositoryRestore;

/**
 * What of a cluster is needed to have something deployed in it.
 *
 * @param charts for Argo CD itself
 * @param pods that say why an Application is not well
 * @param claims by which the pod is found that serves the repository
 */
public record Deployer(ArgoApplications applications, BootstrapObjects objects, ChartInstaller charts, WaitingPods pods,
		DeployedClaims claims, RepositoryRestore repositories) {
}
