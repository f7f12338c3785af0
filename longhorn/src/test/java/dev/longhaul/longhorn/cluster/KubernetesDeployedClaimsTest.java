package dev.longhaul.longhorn.cluster;

import java.time.Clock;
import java.util.List;
import java.util.Objects;

import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.workload.DeployedClaim;
import dev.longhaul.core.workload.Mount;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@EnableKubernetesMockClient(crud = true)
class KubernetesDeployedClaimsTest {

	KubernetesClient client;

	@BeforeEach
	void deploy() {
		client.load(Objects.requireNonNull(getClass().getResourceAsStream("/deployed-claims.yaml"))).create();
	}

	@Test
	void findsWhatClaimsBelongToAndWhatMountsThem() {
		List<DeployedClaim> claims = new KubernetesDeployedClaims(client, "longhorn-system", Clock.systemUTC())
			.deployedClaims("git");

		Workload gitea = new Workload(Workload.Kind.DEPLOYMENT, "git", "gitea");
		Workload database = new Workload(Workload.Kind.STATEFUL_SET, "git", "db");
		assertThat(claims).containsExactly(
				new DeployedClaim(new ClaimRef("git", "data-db-0"), "gitea",
						List.of(new Mount(new Place(database, "postgresql"), "bitnami/postgresql:16"))),
				new DeployedClaim(new ClaimRef("git", "data-db-old"), null, List.of()),
				new DeployedClaim(new ClaimRef("git", "shared"), "forge",
						List.of(new Mount(new Place(gitea, "gitea"), "gitea/gitea:1.23"))));
	}

	@Test
	void aNamespaceThatIsNotThereHasNone() {
		assertThat(new KubernetesDeployedClaims(client, "longhorn-system", Clock.systemUTC()).deployedClaims("none"))
			.isEmpty();
	}

}
