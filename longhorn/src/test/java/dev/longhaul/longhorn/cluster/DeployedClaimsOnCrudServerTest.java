package dev.longhaul.longhorn.cluster;

import java.time.Clock;

import dev.longhaul.core.cluster.DeployedClaims;
import dev.longhaul.longhorn.testing.DeployedClaimsContract;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.BeforeEach;

@EnableKubernetesMockClient(crud = true)
class DeployedClaimsOnCrudServerTest extends DeployedClaimsContract {

	KubernetesClient client;

	@BeforeEach
	void deploy() {
		deploy(client);
	}

	@Override
	protected DeployedClaims deployed() {
		return new KubernetesDeployedClaims(client, "longhorn-system", Clock.systemUTC());
	}

}
