package dev.longhaul.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.longhorn.crd.Snapshot;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.front.ContainerRef;
import dev.longhaul.simulator.front.LogQuery;
import dev.longhaul.simulator.front.NodeRefusal;
import dev.longhaul.simulator.kubelet.Kubelet;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;

/**
 * What the owner of a cluster does in it by hand.
 */
public final class Kubectl {

	private static final long EXEC_LIMIT_SECONDS = 60;

	private final LonghornObjects objects;

	private final KubernetesClient client;

	private final Kubelet kubelet;

	Kubectl(LonghornObjects objects, Kubelet kubelet) {
		this.objects = objects;
		this.client = objects.client();
		this.kubelet = kubelet;
	}

	/**
	 * Creates objects in their order.
	 * @param manifests in YAML; their namespaces must be there
	 */
	public void create(String manifests) {
		client.load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8))).create();
	}

	public void deleteSnapshot(SnapshotName name) {
		objects.delete(Snapshot.class, name.value());
	}

	/** Whether as many pods of a deployment are ready as it is to have. */
	public boolean isReady(String namespace, String deployment) {
		return Readiness.getInstance()
			.isReady(client.apps().deployments().inNamespace(namespace).withName(deployment).get());
	}

	/**
	 * Runs a command in a ready pod of a deployment, in its first container, to its end.
	 * @throws TransientFailure if there is none, or the command does not end within a
	 * minute
	 */
	public Result exec(String namespace, String deployment, String... command) {
		return onNode(pods(namespace, deployment).filter(Readiness::isPodReady),
				container -> await(kubelet.exec(container, List.of(command))));
	}

	/**
	 * The last lines that the first container of a deployment's pod has said.
	 * @throws TransientFailure if there is no such pod
	 */
	public String logs(String namespace, String deployment, int lines) {
		return onNode(pods(namespace, deployment),
				container -> read(kubelet.log(container, new LogQuery(false, false, false, null, lines, null))));
	}

	private Stream<Pod> pods(String namespace, String deployment) {
		return client.pods()
			.inNamespace(namespace)
			.withLabelSelector(client.apps()
				.deployments()
				.inNamespace(namespace)
				.withName(deployment)
				.require()
				.getSpec()
				.getSelector())
			.list()
			.getItems()
			.stream()
			.filter(pod -> pod.getMetadata().getDeletionTimestamp() == null);
	}

	private static <T> T onNode(Stream<Pod> pods, NodeCall<T> call) {
		Pod pod = pods.findFirst()
			.orElseThrow(() -> new TransientFailure(FailureCode.CLUSTER_REFUSED,
					"there is no such pod, or none is ready", "look at the deployment"));
		try {
			return call.of(new ContainerRef(pod.getMetadata().getNamespace(), pod.getMetadata().getName(),
					pod.getSpec().getContainers().get(0).getName()));
		}
		catch (NodeRefusal ex) {
			throw new RefusedRequest(FailureCode.CLUSTER_REFUSED, String.valueOf(ex.getMessage()),
					"look at pod '%s'".formatted(pod.getMetadata().getName()), ex);
		}
	}

	private static Result await(Process process) {
		CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
		CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
		try {
			if (!process.waitFor(EXEC_LIMIT_SECONDS, TimeUnit.SECONDS)) {
				throw new TransientFailure(FailureCode.TIMED_OUT,
						"a command did not end within %d s".formatted(EXEC_LIMIT_SECONDS), "look at its pod");
			}
			return new Result(process.exitValue(), output.join(), errors.join());
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "running a command in a pod");
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String read(InputStream said) {
		try (said) {
			return new String(said.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Asks the node about a container. */
	@FunctionalInterface
	private interface NodeCall<T> {

		T of(ContainerRef container) throws NodeRefusal;

	}

	/** How a command ended and what it said. */
	public record Result(int exitCode, String output, String errors) {

	}

}
