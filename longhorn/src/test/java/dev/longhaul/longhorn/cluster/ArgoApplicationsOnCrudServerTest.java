package dev.longhaul.longhorn.cluster;

import java.time.Clock;

import dev.longhaul.core.cluster.ArgoApplications;
import dev.longhaul.longhorn.testing.ArgoApplicationsContract;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;

@EnableKubernetesMockClient(crud = true)
class ArgoApplicationsOnCrudServerTest extends ArgoApplicationsContract {

	static KubernetesClient client;

	@Override
	protected ArgoApplications applications() {
		return new ArgoCdApplications(client, "argocd", Clock.systemUTC());
	}

	@Override
	protected KubernetesClient admin() {
		return client;
	}

}
