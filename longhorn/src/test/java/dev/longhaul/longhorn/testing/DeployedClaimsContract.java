package dev.longhaul.longhorn.testing;

import java.util.List;
import java.util.Objects;

import dev.longhaul.core.cluster.DeployedClaims;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.workload.DeployedClaim;
import dev.longhaul.core.workload.Mount;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds of claims and what mounts them, whatever serves the API.
 */
public abstract class DeployedClaimsContract {

	/** Into a namespace {@code git} that is there. */
	protected static void deploy(KubernetesClient client) {
		client.load(Objects.requireNonNull(DeployedClaimsContract.class.getResourceAsStream("/deployed-claims.yaml")))
			.create();
	}

	protected abstract DeployedClaims deployed();

	@Test
	void findsWhatClaimsBelongToAndWhatMountsThem() {
		List<DeployedClaim> claims = deployed().deployedClaims("git");

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
		assertThat(deployed().deployedClaims("none")).isEmpty();
	}

}
