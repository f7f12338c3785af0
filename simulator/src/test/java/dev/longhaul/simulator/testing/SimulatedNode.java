package dev.longhaul.simulator.testing;

import java.net.InetAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;

import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.longhorn.testing.ControlPlane;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.front.Upstream;
import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import dev.longhaul.simulator.kubelet.Kubelet;
import dev.longhaul.simulator.kubelet.WorkloadControllers;

/**
 * An API of one of the two kinds with a kubelet, and what else it needs to make pods.
 */
public final class SimulatedNode {

	private final ControlPlaneKind kind;

	private final Runnable stopApi;

	private final Config config;

	private final KubernetesClient client;

	private final Kubelet kubelet;

	private final Optional<WorkloadControllers> controllers;

	private final Map<ClaimRef, Path> claims = new ConcurrentHashMap<>();

	private SimulatedNode(ControlPlaneKind kind, Config config, Runnable stopApi) {
		this.kind = kind;
		this.config = config;
		this.stopApi = stopApi;
		this.client = new KubernetesClientBuilder().withConfig(config).build();
		this.kubelet = Kubelet.start(client, kind, ClusterPlan.NODE, claim -> Optional.ofNullable(claims.get(claim)),
				Clock.systemUTC());
		this.controllers = (kind == ControlPlaneKind.MOCK) ? Optional.of(WorkloadControllers.start(client))
				: Optional.empty();
	}

	static SimulatedNode startOrAbort(ControlPlaneKind kind) {
		return switch (kind) {
			case MOCK -> overMock();
			case KUBERNETES -> overControlPlane();
		};
	}

	private static SimulatedNode overMock() {
		KubernetesMockServer server = new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(),
				new KubernetesCrudDispatcher(), false);
		server.init(InetAddress.getLoopbackAddress(), 0);
		Config config = new ConfigBuilder(Config.empty()).withMasterUrl(server.url("/")).build();
		return new SimulatedNode(ControlPlaneKind.MOCK, config, server::destroy);
	}

	private static SimulatedNode overControlPlane() {
		ControlPlane controlPlane = ControlPlane.startOrAbort(ownDirectory());
		Config config = Config.fromKubeconfig(controlPlane.kubeconfig().toFile());
		return new SimulatedNode(ControlPlaneKind.KUBERNETES, config, controlPlane::close);
	}

	/** The build runs tests in several processes, side by side. */
	private static Path ownDirectory() {
		try {
			return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "control-plane-of-the-node-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	ControlPlaneKind kind() {
		return kind;
	}

	Upstream upstream() {
		return Upstream.of(config);
	}

	Kubelet kubelet() {
		return kubelet;
	}

	KubernetesClient client() {
		return client;
	}

	Map<ClaimRef, Path> claims() {
		return claims;
	}

	void close() {
		controllers.ifPresent(WorkloadControllers::close);
		kubelet.close();
		client.close();
		stopApi.run();
	}

}
