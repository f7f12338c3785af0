package dev.longhaul.longhorn.cluster;

import java.nio.file.Path;
import java.time.Clock;

import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.longhorn.testing.LonghornResources;
import dev.longhaul.longhorn.testing.RealApi;
import dev.longhaul.longhorn.testing.RestoreClusterContract;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a real kube-apiserver, without Longhorn.
 */
class LonghornRestoreClusterIT extends RestoreClusterContract {

	@TempDir
	private static Path directory;

	private static RealApi api;

	@BeforeAll
	static void installLonghorn() {
		api = RealApi.startOrAbort(directory);
		LonghornResources.install(api.admin());
		LonghornResources.put(api.admin(), "restores.yaml");
	}

	@AfterAll
	static void stop() {
		if (api != null) {
			api.close();
		}
	}

	@Override
	protected RestoreCluster restores() {
		return new LonghornRestoreCluster(api.admin(), LonghornResources.NAMESPACE, Clock.systemUTC());
	}

	@Override
	protected KubernetesClient admin() {
		return api.admin();
	}

}
