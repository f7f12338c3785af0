package dev.longhaul.simulator.service;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;

/**
 * Finds the pods behind a URL that names a service of the cluster:
 * {@code http://service.namespace.svc:port/}.
 */
public record ServiceNames(KubernetesClient client) {

	/**
	 * Whether a URL names a service of the cluster at all. A name of two parts does,
	 * whatever it ends with: so a cluster's own names are searched first.
	 */
	public static boolean isOfCluster(URI url) {
		String host = Objects.requireNonNullElse(url.getHost(), "");
		return host.endsWith(".svc") || host.endsWith(".svc.cluster.local") || host.matches("[^.]+\\.[^.]+");
	}

	/**
	 * A pod that is ready to answer, in the words of whoever dials.
	 * @throws TransientFailure if there is no such service, or no pod of it is ready
	 */
	public Pod answering(URI url) {
		String[] names = url.getHost().split("\\.", -1);
		Service service = client.services().inNamespace(names[1]).withName(names[0]).get();
		if (service == null) {
			throw unreachable("dial tcp: lookup %s: no such host".formatted(url.getHost()));
		}
		boolean listens = service.getSpec().getPorts().stream().anyMatch(port -> port.getPort() == port(url));
		return pods(service).stream()
			.filter(pod -> listens && Readiness.isPodReady(pod))
			.findFirst()
			.orElseThrow(() -> unreachable(
					"dial tcp %s:%d: connect: connection refused".formatted(url.getHost(), port(url))));
	}

	private List<Pod> pods(Service service) {
		Map<String, String> selector = Objects.requireNonNullElse(service.getSpec().getSelector(), Map.of());
		return selector.isEmpty() ? List.of()
				: client.pods()
					.inNamespace(service.getMetadata().getNamespace())
					.withLabels(selector)
					.list()
					.getItems()
					.stream()
					.filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
					.toList();
	}

	private static int port(URI url) {
		if (url.getPort() >= 0) {
			return url.getPort();
		}
		return "https".equals(url.getScheme()) ? 443 : 80;
	}

	static TransientFailure unreachable(String fact) {
		return new TransientFailure(FailureCode.GIT_UNREACHABLE, fact, "look at the pods of the service");
	}

}
