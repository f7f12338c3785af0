package dev.longhaul.longhorn.cluster;

import java.nio.file.Path;
import java.time.Clock;

import dev.longhaul.core.cluster.ThrowAwayNamespaces;
import dev.longhaul.longhorn.testing.ThrowAwayNamespacesContract;
import dev.longhaul.longhorn.testing.LonghornResources;
import dev.longhaul.longhorn.testing.RealApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a real kube-apiserver and kube-controller-manager.
 */
class KubernetesThrowAwayNamespacesIT extends ThrowAwayNamespacesContract {

	@TempDir
	private static Path directory;

	private static RealApi api;

	@BeforeAll
	static void deploy() {
		api = RealApi.startOrAbort(directory);
		LonghornResources.install(api.admin());
		deploy(api.admin());
	}

	@AfterAll
	static void stop() {
		if (api != null) {
			api.close();
		}
	}

	@Override
	protected ThrowAwayNamespaces places() {
		return new KubernetesThrowAwayNamespaces(api.admin(), "longhorn-system", Clock.systemUTC());
	}

	@Override
	protected KubernetesClient admin() {
		return api.admin();
	}

}
