package dev.longhaul.longhorn.cluster;

import java.time.Clock;

import dev.longhaul.core.cluster.DeclaredObjects;
import dev.longhaul.longhorn.testing.DeclaredObjectsContract;
import dev.longhaul.longhorn.testing.LonghornResources;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.BeforeEach;

@EnableKubernetesMockClient(crud = true)
class DeclaredObjectsOnCrudServerTest extends DeclaredObjectsContract {

	KubernetesClient client;

	@BeforeEach
	void deploy() {
		LonghornResources.putApplication(client);
	}

	@Override
	protected DeclaredObjects objects() {
		return new KubernetesDeclaredObjects(client, LonghornResources.NAMESPACE, Clock.systemUTC());
	}

}
