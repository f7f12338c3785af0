package dev.longhaul.longhorn.cluster;

import java.nio.file.Path;
import java.time.Clock;

import dev.longhaul.core.cluster.RecurringJobs;
import dev.longhaul.longhorn.connection.CallBounds;
import dev.longhaul.longhorn.connection.ClusterClients;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.longhorn.testing.ControlPlane;
import dev.longhaul.longhorn.testing.LonghornResources;
import dev.longhaul.longhorn.testing.RecurringJobsContract;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a real kube-apiserver, without Longhorn.
 */
class LonghornRecurringJobsIT extends RecurringJobsContract {

	@TempDir
	private static Path directory;

	private static ControlPlane controlPlane;

	private static KubernetesClient admin;

	@BeforeAll
	static void installLonghorn() {
		controlPlane = ControlPlane.startOrAbort(directory.resolve("control-plane"));
		admin = new ClusterClients(CallBounds.DEFAULT, Clock.systemUTC()).fromKubeconfig(controlPlane.kubeconfig(),
				null, CredentialPlugins.REFUSED);
		LonghornResources.install(admin);
		LonghornResources.put(admin, "recurring-jobs.yaml");
	}

	@AfterAll
	static void stop() {
		if (admin != null) {
			admin.close();
		}
		if (controlPlane != null) {
			controlPlane.close();
		}
	}

	@Override
	protected RecurringJobs recurring() {
		return new LonghornRecurringJobs(admin, LonghornResources.NAMESPACE, Clock.systemUTC());
	}

}
