package dev.longhaul.restore.bootstrap;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.longhaul.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BootstrapTest {

	private static final ChartRelease ARGO = new ChartRelease("argocd", "argocd", "argo-cd",
			ChartRelease.ARGO_REPOSITORY, "8.1.3", "password: planted");

	private static JsonObject object(String apiVersion, String kind, Map<String, String> metadata) {
		return JsonObject
			.of(Map.of("apiVersion", apiVersion, "kind", kind, "metadata", metadata, "spec", Map.of("is", "planted")));
	}

	private static JsonObject application(String name) {
		return object("argoproj.io/v1alpha1", "Application", Map.of("name", name, "namespace", "argocd"));
	}

	private static JsonObject namespace(String name) {
		return object("v1", "Namespace", Map.of("name", name));
	}

	@Test
	void isInTheOrderOfCreation() {
		Bootstrap bootstrap = new Bootstrap(List.of(application("longhorn"), application("apps"),
				object("storage.k8s.io/v1", "StorageClass", Map.of("name", "one-replica")),
				object("argoproj.io/v1alpha1", "AppProject", Map.of("name", "home", "namespace", "argocd")),
				namespace("longhorn-system"), namespace("gitea")), null);

		assertThat(bootstrap.names()).extracting(ObjectName::toString)
			.containsExactly("Namespace longhorn-system", "Namespace gitea", "StorageClass one-replica",
					"AppProject argocd/home", "Application argocd/longhorn", "Application argocd/apps");
		assertThat(bootstrap.isEmpty()).isFalse();
		assertThat(Bootstrap.none().isEmpty()).isTrue();
	}

	@Test
	void holdsNothingThatARunMayNotCreate() {
		for (JsonObject other : List.of(object("v1", "Secret", Map.of("name", "a", "namespace", "b")),
				object("v1", "Pod", Map.of("name", "a", "namespace", "b")),
				object("rbac.authorization.k8s.io/v1", "ClusterRole", Map.of("name", "a")),
				object("example.org/v1", "Namespace", Map.of("name", "a")), JsonObject.of(Map.of()),
				object("v1", "Namespace", Map.of("name", "../planted")),
				object("v1", "Namespace", Map.of("name", "a", "namespace", "b")),
				object("v1", "ConfigMap", Map.of("name", "a")))) {
			assertThatThrownBy(() -> new Bootstrap(List.of(other), null)).as(other.toString())
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessageNotContaining("planted");
		}
	}

	@Test
	void isBounded() {
		assertThatThrownBy(() -> new Bootstrap(List.of(namespace("a"), namespace("b"), namespace("a")), null))
			.hasMessage("Namespace a is in it twice");
		List<JsonObject> many = IntStream.rangeClosed(0, Bootstrap.MOST).mapToObj(i -> namespace("n" + i)).toList();
		assertThatThrownBy(() -> new Bootstrap(many, null)).hasMessageContaining("at most 200 objects");
		JsonObject large = JsonObject.of(Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata",
				Map.of("name", "a", "namespace", "b"), "data", Map.of("x", "x".repeat(60_000))));
		assertThatThrownBy(() -> new Bootstrap(Collections.nCopies(9, large), null)).hasMessageContaining("512 KiB");
	}

	@Test
	void showsNamesAndNothingElse() {
		Bootstrap bootstrap = new Bootstrap(List.of(application("apps")), ARGO);

		assertThat(bootstrap.toString()).contains("Application argocd/apps", "argo-cd 8.1.3").doesNotContain("planted");
	}

	/** It is typed into commands, and asked over a network. */
	@Test
	void installsOneVersionOfOneChart() {
		for (String version : List.of("", "8", "^8.1.0", "8.1.3 --debug", "latest")) {
			assertThatThrownBy(
					() -> new ChartRelease("argocd", "argocd", "argo-cd", ChartRelease.ARGO_REPOSITORY, version, ""))
				.isInstanceOf(IllegalArgumentException.class);
		}
		for (String repository : List.of("", "file:///etc", "https://me:planted@charts.example.org",
				"https://charts.example.org?token=planted", "https://charts example.org")) {
			assertThatThrownBy(() -> new ChartRelease("argocd", "argocd", "argo-cd", repository, "8.1.3", ""))
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessageNotContaining("planted");
		}
		for (String name : List.of("", "-f", "../argo", "Argo")) {
			assertThatThrownBy(
					() -> new ChartRelease(name, "argocd", "argo-cd", ChartRelease.ARGO_REPOSITORY, "8.1.3", ""))
				.isInstanceOf(IllegalArgumentException.class);
		}
		assertThat(new ChartRelease("argocd", "argocd", "argo-cd", "https://charts.example.org:8443/stable",
				"v8.1.3-rc.1+build", ""))
			.hasToString("argocd/argocd: argo-cd v8.1.3-rc.1+build of https://charts.example.org:8443/stable");
	}

}
