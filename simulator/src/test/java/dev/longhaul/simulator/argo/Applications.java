package dev.longhaul.simulator.argo;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the owner of a cluster does with Argo CD, by its API.
 */
record Applications(KubernetesClient client) {

	/** A cluster's worth of programs starts on a busy machine. */
	private static final Duration PATIENCE = Duration.ofSeconds(90);

	/**
	 * @param spec what the application has beside its destination
	 */
	void create(String name, String namespace, String spec) {
		client.resource("""
				apiVersion: argoproj.io/v1alpha1
				kind: Application
				metadata:
				  name: %s
				  namespace: argocd
				  finalizers: [resources-finalizer.argocd.argoproj.io]
				spec:
				  project: default
				  destination: {server: "https://kubernetes.default.svc", namespace: %s}
				%s
				""".formatted(name, namespace, spec.indent(2))).create();
	}

	Resource<GenericKubernetesResource> named(String name) {
		return client.genericKubernetesResources(ApplicationController.KIND)
			.inNamespace(ArgoCd.NAMESPACE)
			.withName(name);
	}

	void edit(String name, Consumer<GenericKubernetesResource> change) {
		Awaitility.await("an edit of " + name).atMost(PATIENCE).ignoreExceptions().until(() -> {
			GenericKubernetesResource application = named(name).get();
			change.accept(application);
			client.genericKubernetesResources(ApplicationController.KIND)
				.inNamespace(ArgoCd.NAMESPACE)
				.resource(application)
				.update();
			return true;
		});
	}

	void askForSync(String name) {
		edit(name, application -> application.setAdditionalProperty("operation",
				Map.of("initiatedBy", Map.of("username", "owner"), "sync", Map.of("prune", true))));
	}

	/** Asks for it, and waits for its end. */
	void sync(String name) {
		String before = status(name).child("operationState").text("finishedAt");
		askForSync(name);
		await(name + " to be synced", () -> {
			Fields state = status(name).child("operationState");
			return named(name).get().get("operation") == null && state.has("finishedAt")
					&& (!state.text("finishedAt").equals(before) || before.isEmpty());
		});
	}

	String phase(String name) {
		return status(name).child("operationState").text("phase");
	}

	String message(String name) {
		return status(name).child("operationState").text("message");
	}

	/** Sync status and health. */
	String state(String name) {
		Fields status = status(name);
		return status.child("sync").text("status") + " " + status.child("health").text("status");
	}

	void awaitState(String name, String state) {
		Awaitility.await("%s to be %s".formatted(name, state))
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(100))
			.untilAsserted(() -> assertThat(state(name)).as(() -> named(name).get().toString()).isEqualTo(state));
	}

	Fields status(String name) {
		return new Application(Objects.requireNonNull(named(name).get(), name)).status();
	}

	void await(String what, Callable<Boolean> condition) {
		Awaitility.await(what)
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(100))
			.ignoreExceptions()
			.until(condition);
	}

}
