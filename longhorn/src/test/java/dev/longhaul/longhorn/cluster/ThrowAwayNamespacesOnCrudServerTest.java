package dev.longhaul.longhorn.cluster;

import java.time.Clock;

import dev.longhaul.core.cluster.ThrowAwayNamespaces;
import dev.longhaul.longhorn.testing.ThrowAwayNamespacesContract;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.BeforeEach;

@EnableKubernetesMockClient(crud = true)
class ThrowAwayNamespacesOnCrudServerTest extends ThrowAwayNamespacesContract {

	KubernetesClient client;

	@BeforeEach
	void deploy() {
		deploy(client);
	}

	@Override
	protected ThrowAwayNamespaces places() {
		return new KubernetesThrowAwayNamespaces(client, "longhorn-system", Clock.systemUTC());
	}

	@Override
	protected KubernetesClient admin() {
		return client;
	}

}
