package dev.longhaul.restore.rebuild;

import dev.longhaul.core.cluster.ArgoApplications;
import dev.longhaul.core.cluster.BootstrapObjects;
import dev.longhaul.restore.bootstrap.ChartInstaller;

/**
 * What of a cluster is needed to have something deployed in it.
 *
 * @param charts for Argo CD itself
 */
public record Deployer(ArgoApplications applications, BootstrapObjects objects, ChartInstaller charts) {
}
