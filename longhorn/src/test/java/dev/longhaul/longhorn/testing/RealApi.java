package dev.longhaul.longhorn.testing;

import java.nio.file.Path;
import java.time.Clock;

import dev.longhaul.longhorn.connection.CallBounds;
import dev.longhaul.longhorn.connection.ClusterClients;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A real kube-apiserver and its administrator.
 */
public record RealApi(ControlPlane controlPlane, KubernetesClient admin) implements AutoCloseable {

	/**
	 * Starts one, or aborts the test with the reason if there are no binaries here.
	 * @param directory for its data; kept, so that its logs can be read
	 */
	public static RealApi startOrAbort(Path directory) {
		ControlPlane controlPlane = ControlPlane.startOrAbort(directory.resolve("control-plane"));
		return new RealApi(controlPlane, new ClusterClients(CallBounds.DEFAULT, Clock.systemUTC())
			.fromKubeconfig(controlPlane.kubeconfig(), null, CredentialPlugins.REFUSED));
	}

	@Override
	public void close() {
		admin.close();
		controlPlane.close();
	}

}
