package dev.longhaul.longhorn.cluster;

import java.util.List;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * A kind whose objects people declare in a namespace. A cluster need not serve it: most
 * are installed, and Kubernetes' own can be switched off.
 *
 * @param versions of its API, the newest first: the first that the cluster serves is read
 */
record ExportedKind(String group, List<String> versions, String plural, String kind) {

	/**
	 * In the order in which a cluster to come needs them. No Secrets, and nothing that
	 * controllers make of these. Of those that are not Kubernetes' own: where Secrets
	 * come from, and what Ingresses are declared as instead.
	 */
	static final List<ExportedKind> ALL = List.of(of("", "v1", "serviceaccounts", "ServiceAccount"),
			of("rbac.authorization.k8s.io", "v1", "roles", "Role"),
			of("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding"),
			of("", "v1", "configmaps", "ConfigMap"),
			new ExportedKind("external-secrets.io", List.of("v1", "v1beta1"), "externalsecrets", "ExternalSecret"),
			of("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim"), of("", "v1", "services", "Service"),
			of("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy"),
			of("apps", "v1", "deployments", "Deployment"), of("apps", "v1", "statefulsets", "StatefulSet"),
			of("apps", "v1", "daemonsets", "DaemonSet"), of("batch", "v1", "cronjobs", "CronJob"),
			of("networking.k8s.io", "v1", "ingresses", "Ingress"),
			of("traefik.io", "v1alpha1", "ingressroutes", "IngressRoute"),
			of("gateway.networking.k8s.io", "v1", "httproutes", "HTTPRoute"));

	private static ExportedKind of(String group, String version, String plural, String kind) {
		return new ExportedKind(group, List.of(version), plural, kind);
	}

	ResourceDefinitionContext in(String version) {
		return new ResourceDefinitionContext.Builder().withGroup(group)
			.withVersion(version)
			.withPlural(plural)
			.withKind(kind)
			.withNamespaced(true)
			.build();
	}

	/** As objects name it. */
	String apiVersion(String version) {
		return group.isEmpty() ? version : group + "/" + version;
	}

}
