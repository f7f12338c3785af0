package dev.longhaul.longhorn.cluster;

import java.nio.file.Path;
import java.time.Clock;

import dev.longhaul.core.cluster.DeployedClaims;
import dev.longhaul.longhorn.testing.DeployedClaimsContract;
import dev.longhaul.longhorn.testing.LonghornResources;
import dev.longhaul.longhorn.testing.RealApi;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a real kube-apiserver.
 */
class KubernetesDeployedClaimsIT extends DeployedClaimsContract {

	@TempDir
	private static Path directory;

	private static RealApi api;

	@BeforeAll
	static void deploy() {
		api = RealApi.startOrAbort(directory);
		api.admin().resource(new NamespaceBuilder().withNewMetadata().withName("git").endMetadata().build()).create();
		deploy(api.admin());
	}

	@AfterAll
	static void stop() {
		if (api != null) {
			api.close();
		}
	}

	@Override
	protected DeployedClaims deployed() {
		return new KubernetesDeployedClaims(api.admin(), LonghornResources.NAMESPACE, Clock.systemUTC());
	}

}
