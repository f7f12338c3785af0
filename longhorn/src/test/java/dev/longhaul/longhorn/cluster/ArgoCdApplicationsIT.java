package dev.longhaul.longhorn.cluster;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

import dev.longhaul.core.cluster.ArgoApplications;
import dev.longhaul.core.cluster.BootstrapObjects;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.longhorn.testing.ArgoApplicationsContract;
import dev.longhaul.longhorn.testing.LonghornResources;
import dev.longhaul.longhorn.testing.RealApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Against a real kube-apiserver that knows what an Application is, without Argo CD.
 */
class ArgoCdApplicationsIT extends ArgoApplicationsContract {

	@TempDir
	private static Path directory;

	private static RealApi api;

	@BeforeAll
	static void teachApplications() {
		api = RealApi.startOrAbort(directory);
		assertThat(new ArgoCdApplications(api.admin(), "argocd", Clock.systemUTC()).list()).as("nobody knows the kind")
			.isEmpty();
		LonghornResources.defineApplications(api.admin());
	}

	@AfterAll
	static void stop() {
		if (api != null) {
			api.close();
		}
	}

	@Test
	void whatAClusterBeginsWithIsMadeOnce() {
		BootstrapObjects objects = new KubernetesBootstrapObjects(api.admin(), "longhorn-system", Clock.systemUTC());
		JsonObject namespace = JsonObject
			.of(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "git")));
		JsonObject project = JsonObject.of(Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "Application",
				"metadata", Map.of("name", "made", "namespace", "argocd"), "spec", Map.of("project", "default")));
		NamedSecret secret = new NamedSecret(new SecretRef("git", "admin"), NamedSecret.OPAQUE,
				new TreeMap<>(Map.of("password", Secret.of("w0rd"))));

		assertThat(objects.create(namespace)).isTrue();
		assertThat(objects.create(project)).isTrue();
		assertThat(objects.create(secret)).isTrue();

		assertThat(objects.create(namespace)).isFalse();
		assertThat(objects.create(project)).isFalse();
		assertThat(objects.create(secret)).isFalse();
		assertThat(new KubernetesNamedSecrets(api.admin(), "longhorn-system", Clock.systemUTC()).find(secret.ref()))
			.contains(secret);
	}

	@Override
	protected ArgoApplications applications() {
		return new ArgoCdApplications(api.admin(), "argocd", Clock.systemUTC());
	}

	@Override
	protected KubernetesClient admin() {
		return api.admin();
	}

}
