package dev.longhaul.longhorn.cluster;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;

import dev.longhaul.core.workload.DeployedChart;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@EnableKubernetesMockClient(crud = true)
class DeployedChartsOnCrudServerTest {

	private static final String OBJECTS = """
			apiVersion: apps/v1
			kind: Deployment
			metadata:
			  name: argocd-server
			  namespace: argocd
			  labels: {helm.sh/chart: argo-cd-8.1.3, app.kubernetes.io/part-of: argocd}
			---
			apiVersion: argoproj.io/v1alpha1
			kind: Application
			metadata: {name: longhorn, namespace: argocd}
			spec:
			  source: {chart: longhorn, repoURL: https://charts.longhorn.io, targetRevision: 1.*}
			status:
			  sync: {status: Synced, revision: 1.9.1}
			---
			apiVersion: argoproj.io/v1alpha1
			kind: Application
			metadata: {name: gitea, namespace: argocd}
			spec:
			  sources:
			  - {repoURL: https://gitea.example.org/me/homelab.git, ref: values, targetRevision: main}
			  - {chart: gitea, repoURL: https://dl.gitea.com/charts, targetRevision: 12.1.1}
			---
			apiVersion: argoproj.io/v1alpha1
			kind: Application
			metadata: {name: apps, namespace: argocd}
			spec:
			  source: {path: apps, repoURL: https://gitea.example.org/me/homelab.git, targetRevision: main}
			---
			apiVersion: argoproj.io/v1alpha1
			kind: Application
			metadata: {name: odd, namespace: argocd}
			spec: [1, 2]
			""";

	KubernetesClient client;

	@Test
	void readsTheVersionsInForce() {
		client.load(new ByteArrayInputStream(OBJECTS.getBytes(StandardCharsets.UTF_8))).items().forEach(this::put);

		assertThat(new ArgoDeployedCharts(client, "longhorn-system", Clock.systemUTC()).charts("argocd"))
			.containsExactly(new DeployedChart("argocd", "argo-cd", "", "8.1.3"),
					new DeployedChart("gitea", "gitea", "https://dl.gitea.com/charts", "12.1.1"),
					new DeployedChart("longhorn", "longhorn", "https://charts.longhorn.io", "1.9.1"));
	}

	private void put(HasMetadata item) {
		GenericKubernetesResource object = client.getKubernetesSerialization()
			.convertValue(item, GenericKubernetesResource.class);
		ResourceDefinitionContext kind = new ResourceDefinitionContext.Builder()
			.withGroup(item.getApiVersion().replaceFirst("/.*", ""))
			.withVersion(item.getApiVersion().replaceFirst(".*/", ""))
			.withKind(item.getKind())
			.withPlural(item.getKind().toLowerCase(Locale.ROOT) + "s")
			.withNamespaced(true)
			.build();
		client.genericKubernetesResources(kind).inNamespace("argocd").resource(object).create();
	}

}
