package dev.longhaul.restore.bootstrap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.secret.SecretRef;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ManifestsTest {

	private static JsonObject object(String kind, Map<String, Object> metadata, Map<String, Object> more) {
		String apiVersion = kind.equals("Application") ? "argoproj.io/v1alpha1" : "v1";
		Map<String, Object> fields = new HashMap<>(more);
		fields.putAll(Map.of("apiVersion", apiVersion, "kind", kind, "metadata", metadata));
		return JsonObject.of(fields);
	}

	private static RefusedRequest refusal(JsonObject object) {
		return catchThrowableOfType(RefusedRequest.class, () -> Manifests.of(List.of(object), "default"));
	}

	@Test
	void takesSecretsOut() {
		Manifests manifests = Manifests.of(List.of(
				object("Secret", Map.of("name", "one", "namespace", "a"),
						Map.of("type", "kubernetes.io/basic-auth", "data", Map.of("x", "cGxhbnRlZA==", "y", "b2xk"),
								"stringData", Map.of("y", "new"))),
				object("Secret", Map.of("name", "two"), Map.of()), object("Namespace", Map.of("name", "a"), Map.of())),
				"default");

		assertThat(manifests.secrets()).extracting(NamedSecret::ref)
			.containsExactly(SecretRef.parse("a/one"), SecretRef.parse("default/two"));
		assertThat(manifests.secrets().get(0).type()).isEqualTo("kubernetes.io/basic-auth");
		assertThat(manifests.secrets().get(0).data()).containsEntry("x", Secret.of("planted"))
			.containsEntry("y", Secret.of("new"));
		assertThat(manifests.secrets().get(1).data()).isEmpty();
		assertThat(manifests.objects()).hasSize(1);
		assertThat(manifests.toString()).doesNotContain("planted");
	}

	@Test
	void keepsWhatIsDeclaredAndNotWhatAServerAdded() {
		JsonObject fetched = object("Application",
				Map.of("name", "apps", "uid", "1", "resourceVersion", "2", "labels", Map.of("a", "b")),
				Map.of("spec", Map.of("project", "default"), "status", Map.of("sync", "Synced")));
		JsonObject list = JsonObject.of(Map.of("apiVersion", "v1", "kind", "List", "items", List.of(fetched.fields())));

		assertThat(Manifests.of(List.of(list), "argocd").objects())
			.containsExactly(JsonObject.of(Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "Application",
					"metadata", Map.of("name", "apps", "namespace", "argocd", "labels", Map.of("a", "b")), "spec",
					Map.of("project", "default"))));
	}

	@Test
	void refusesWhatNobodyWouldBring() {
		assertThat(refusal(object("Deployment", Map.of("name", "web"), Map.of())).fact())
			.isEqualTo("no cluster is begun with Deployment web");
		assertThat(refusal(object("Namespace",
				Map.of("name", "a", "annotations", Map.of("helm.sh/hook", "post-install")), Map.of()))
			.fact()).isEqualTo("Namespace a is a hook of Helm");
		assertThat(refusal(JsonObject.of(Map.of("planted key", "planted"))).fact()).doesNotContain("planted");
		assertThat(refusal(object("Namespace", Map.of("name", "Not A Name"), Map.of())).fact())
			.isEqualTo("a Namespace has no name that Kubernetes takes");
	}

	@Test
	void refusesSecretsThatKubernetesWouldNotTake() {
		Map<String, Object> name = Map.of("name", "one", "namespace", "a");
		for (JsonObject bad : List.of(object("Secret", name, Map.of("stringData", Map.of("password", 47_110_815L))),
				object("Secret", name, Map.of("data", Map.of("password", "!planted!"))),
				object("Secret", name, Map.of("data", Map.of("planted/key", "YQ=="))),
				object("Secret", Map.of("name", "../planted"), Map.of()))) {
			assertThat(refusal(bad).fact()).contains("Secret ").doesNotContain("!planted!", "47110815");
		}
		assertThat(refusal(object("Secret", name, Map.of("stringData", Map.of("password", 4711L)))).fact())
			.isEqualTo("stringData.password of Secret one is no text");
	}

	@Test
	void saysWhoWaitsForTheGitServer() {
		Bootstrap bootstrap = new Bootstrap(
				List.of(application("longhorn", "longhorn-system", "https://charts.longhorn.io"),
						application("apps", "argocd", "http://gitea-http.gitea:3000/me/homelab.git"),
						application("vault", "vault", "http://gitea-http.gitea:3000/me/homelab.git"),
						application("wiki", "wiki", "git@git.example.org:me/homelab.git"),
						application("public", "public", "https://github.com/me/homelab.git"),
						object("Namespace", Map.of("name", "gitea"), Map.of())),
				null);

		assertThat(GitNeeds.waiting(bootstrap, "https://git.example.org/me/homelab.git")).extracting(ObjectName::name)
			.containsExactly("vault", "wiki");
		assertThat(GitNeeds.waiting(bootstrap, null)).extracting(ObjectName::name).containsExactly("vault");
	}

	private static JsonObject application(String name, String namespace, String repository) {
		Map<String, Object> source = repository.contains("charts") ? Map.of("repoURL", repository, "chart", name)
				: Map.of("repoURL", repository, "path", name);
		return object("Application", Map.of("name", name, "namespace", "argocd"),
				Map.of("spec", Map.of("sources", List.of(source), "destination", Map.of("namespace", namespace))));
	}

}
