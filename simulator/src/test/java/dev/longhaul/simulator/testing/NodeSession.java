package dev.longhaul.simulator.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.simulator.front.ApiFront;
import dev.longhaul.simulator.kubelet.ControlPlaneKind;

/**
 * What one test has of the shared node: a namespace and a front of its own, and a client
 * that knows nothing but the front's kubeconfig.
 */
public final class NodeSession implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final SimulatedNode node;

	private final ApiFront front;

	private final Config config;

	private final KubernetesClient client;

	private final String namespace = "test-" + UUID.randomUUID().toString().substring(0, 8);

	private NodeSession(SimulatedNode node, Path directory) throws IOException {
		this.node = node;
		this.front = ApiFront.start(node.upstream(), node.kubelet(), Clock.systemUTC());
		Path kubeconfig = directory.resolve("kubeconfig");
		front.writeKubeconfig(kubeconfig);
		this.config = Config.fromKubeconfig(kubeconfig.toFile());
		this.client = new KubernetesClientBuilder().withConfig(config).build();
		makeNamespace();
	}

	/** Aborts the test with the reason if there is no such API here. */
	public static NodeSession open(ControlPlaneKind kind, Path directory) {
		try {
			return new NodeSession(SharedNodes.node(kind), directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void makeNamespace() {
		client.resource(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build()).create();
		if (node.kind() == ControlPlaneKind.KUBERNETES) {
			// A pod needs its namespace's service account.
			await("a service account")
				.until(() -> client.serviceAccounts().inNamespace(namespace).withName("default").get() != null);
		}
	}

	public ApiFront front() {
		return front;
	}

	/** Through the front, over the JDK's HTTP client as in production. */
	public KubernetesClient client() {
		return client;
	}

	/**
	 * Through the front, over the client's default HTTP client; for the caller to close.
	 * fabric8 loses what it sends over the JDK's while the message before has not left:
	 * an upload does not arrive, and of a forwarded port's data a part is missing.
	 */
	public KubernetesClient vertxClient() {
		return new KubernetesClientBuilder().withConfig(config)
			.withHttpClientFactory(new VertxHttpClientFactory())
			.build();
	}

	/** Through the front, for other users than the administrator. */
	public KubernetesClient clientWithToken(String token) {
		return new KubernetesClientBuilder().withConfig(new ConfigBuilder(config).withOauthToken(token).build())
			.build();
	}

	/** To the API behind the front. */
	public KubernetesClient clientOfApi() {
		return node.client();
	}

	public String namespace() {
		return namespace;
	}

	/** Attaches a volume: from now on the claim of that name is this directory. */
	public void attach(String claim, Path directory) {
		node.claims().put(new ClaimRef(namespace, claim), directory);
	}

	/** A pod with one container named {@code app}, ready to be changed further. */
	public PodBuilder pod(String name) {
		return new PodBuilder().withNewMetadata()
			.withName(name)
			.withNamespace(namespace)
			.endMetadata()
			.withNewSpec()
			.withTerminationGracePeriodSeconds(5L)
			.addNewContainer()
			.withName("app")
			.withImage("example.invalid/app")
			.endContainer()
			.endSpec();
	}

	/** The same with a claim mounted at a path. */
	public PodBuilder podWithClaim(String name, String claim, String mountPath) {
		return pod(name).editSpec()
			.addNewVolume()
			.withName("data")
			.withNewPersistentVolumeClaim()
			.withClaimName(claim)
			.endPersistentVolumeClaim()
			.endVolume()
			.editFirstContainer()
			.addNewVolumeMount()
			.withName("data")
			.withMountPath(mountPath)
			.endVolumeMount()
			.endContainer()
			.endSpec();
	}

	/** Creates it and waits until it is ready. */
	public PodResource run(PodBuilder pod) {
		create(pod);
		return awaitReady(pod.buildMetadata().getName());
	}

	public PodResource create(PodBuilder pod) {
		String name = client.resource(pod.build()).create().getMetadata().getName();
		return client.pods().inNamespace(namespace).withName(name);
	}

	public PodResource awaitReady(String name) {
		PodResource resource = client.pods().inNamespace(namespace).withName(name);
		await(name + " to be ready").until(() -> {
			Pod pod = resource.get();
			return pod != null && Readiness.isPodReady(pod);
		});
		return resource;
	}

	/** Runs a command to its end and gives back all it said. */
	public static Outcome exec(PodResource pod, String... command) {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		ByteArrayOutputStream error = new ByteArrayOutputStream();
		try (ExecWatch watch = pod.writingOutput(output).writingError(error).exec(command)) {
			Integer exitCode = watch.exitCode().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			return new Outcome(exitCode, output.toString(StandardCharsets.UTF_8),
					error.toString(StandardCharsets.UTF_8));
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			throw new AssertionError("exec did not end", ex);
		}
	}

	public static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
	}

	@Override
	public void close() {
		client.pods().inNamespace(namespace).withGracePeriod(0).delete();
		client.close();
		front.close();
	}

	/**
	 * How a command ended.
	 */
	public record Outcome(Integer exitCode, String output, String error) {

	}

}
