package dev.longhaul.simulator;

import java.io.IOException;
import java.nio.file.Path;

import dev.longhaul.simulator.argo.ArgoCd;
import dev.longhaul.simulator.argo.UpstreamCharts;
import dev.longhaul.simulator.front.NodeAgent;
import dev.longhaul.simulator.secret.ExternalSecrets;
import dev.longhaul.simulator.secret.VaultItems;
import dev.longhaul.simulator.service.PodGit;
import dev.longhaul.simulator.service.ServiceNames;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * What brings applications and their secrets into the cluster: Argo CD from Git, which
 * may be served by a pod of the cluster, and External Secrets from the vault in it.
 */
record Delivery(PodGit git, ArgoCd argoCd, ExternalSecrets secrets) implements AutoCloseable {

	static Delivery start(KubernetesClient client, NodeAgent node, ClusterPlan plan) throws IOException {
		Path directory = plan.directory().resolve("argocd");
		ServiceNames names = new ServiceNames(client);
		PodGit git = PodGit.start(names, node);
		ArgoCd argoCd = ArgoCd.start(client, UpstreamCharts.in(directory.resolve("charts")), git::reachable,
				directory.resolve("repositories"), plan.clock());
		return new Delivery(git, argoCd, ExternalSecrets.start(client, new VaultItems(names, node), plan.clock()));
	}

	@Override
	public void close() {
		secrets.close();
		argoCd.close();
		git.close();
	}

}
