package dev.longhaul.longhorn.connection;

import java.nio.file.Path;
import java.util.Map;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * What Kubernetes gives every pod to reach its API: an address, and a directory with the
 * files {@code token} and {@code ca.crt}. The kubelet renews the token in place.
 */
public record ServiceAccount(String host, String port, Path directory) {

	private static final Path MOUNTED_AT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

	/**
	 * @param environment of the process in the pod
	 * @throws RefusedRequest if it is not one of a pod
	 */
	public static ServiceAccount of(Map<String, String> environment) {
		String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
		String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "");
		if (host.isBlank() || port.isBlank()) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set: this is no pod",
					"name a kubeconfig");
		}
		return new ServiceAccount(host, port, MOUNTED_AT);
	}

	String server() {
		boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
		return "https://" + (bareIpv6 ? "[" + host + "]" : host) + ":" + port;
	}

	Path token() {
		return directory.resolve("token");
	}

	Path certificateAuthority() {
		return directory.resolve("ca.crt");
	}

}
