package dev.longhaul.longhorn.cluster;

import java.time.Clock;

import dev.longhaul.core.cluster.ClaimExchanges;
import dev.longhaul.longhorn.testing.ClaimExchangesContract;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.BeforeEach;

@EnableKubernetesMockClient(crud = true)
class ClaimExchangesOnCrudServerTest extends ClaimExchangesContract {

	KubernetesClient client;

	@BeforeEach
	void deploy() {
		deploy(client);
	}

	@Override
	protected ClaimExchanges exchanges() {
		return new KubernetesClaimExchanges(client, "longhorn-system", Clock.systemUTC());
	}

	@Override
	protected KubernetesClient admin() {
		return client;
	}

}
