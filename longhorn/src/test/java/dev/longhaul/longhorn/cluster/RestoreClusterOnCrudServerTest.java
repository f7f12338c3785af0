package dev.longhaul.longhorn.cluster;

import java.time.Clock;

import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.longhorn.testing.LonghornResources;
import dev.longhaul.longhorn.testing.RestoreClusterContract;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.BeforeAll;

@EnableKubernetesMockClient(crud = true)
class RestoreClusterOnCrudServerTest extends RestoreClusterContract {

	static KubernetesClient client;

	@BeforeAll
	static void installLonghorn() {
		LonghornResources.install(client);
		LonghornResources.put(client, "restores.yaml");
	}

	@Override
	protected RestoreCluster restores() {
		return new LonghornRestoreCluster(client, LonghornResources.NAMESPACE, Clock.systemUTC());
	}

	@Override
	protected KubernetesClient admin() {
		return client;
	}

}
