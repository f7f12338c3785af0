package dev.longhaul.restore.drill;

import java.util.List;
import java.util.Map;

import dev.longhaul.core.json.JsonObject;

/**
 * What keeps a rehearsed application from reaching anybody: a copy that sends mail, or
 * writes into the database of the original, would be worse than no proof.
 */
final class Isolation {

	private static final String NAME = "longhaul-drill";

	private static final int DNS = 53;

	private Isolation() {
	}

	/**
	 * Pods of the namespace reach each other, and ask for names; nobody reaches them.
	 * @see <a href=
	 * "https://kubernetes.io/docs/concepts/services-networking/network-policies/">Network
	 * Policies</a>
	 */
	static JsonObject policy(String namespace) {
		Map<String, Object> eachOther = Map.of("podSelector", Map.of());
		Map<String, Object> clusterDns = Map.of("namespaceSelector",
				Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", "kube-system")), "podSelector",
				Map.of("matchLabels", Map.of("k8s-app", "kube-dns")));
		return JsonObject.of(Map.of("apiVersion", "networking.k8s.io/v1", "kind", "NetworkPolicy", "metadata",
				Map.of("name", NAME, "namespace", namespace), "spec",
				Map.of("podSelector", Map.of(), "policyTypes", List.of("Ingress", "Egress"), "ingress",
						List.of(Map.of("from", List.of(eachOther))), "egress",
						List.of(Map.of("to", List.of(eachOther)), Map.of("to", List.of(clusterDns), "ports", List
							.of(Map.of("protocol", "UDP", "port", DNS), Map.of("protocol", "TCP", "port", DNS)))))));
	}

}
