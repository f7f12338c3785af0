package dev.longhaul.simulator.kubelet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a pod's containers are on this machine.
 */
final class ContainerSpecs {

	/**
	 * Annotation of a pod: the shell command its only or first container runs. The
	 * container's image, command and arguments are not looked at.
	 */
	static final String RUN = "simulator.longhaul.dev/run";

	private final PodVolumes volumes;

	private final ContainerEnvironment environment;

	ContainerSpecs(KubernetesClient client, ClaimDirectories claims) {
		PodConfiguration configuration = new PodConfiguration(client);
		this.volumes = new PodVolumes(configuration, claims);
		this.environment = new ContainerEnvironment(configuration);
	}

	/**
	 * @param scratch the pod's own directory for what goes with it
	 * @throws NotReadyException naming what the pod needs and is not there
	 */
	List<ContainerSpec> of(Pod pod, Path scratch) throws NotReadyException {
		Map<String, Path> directories = volumes.provide(pod, scratch);
		List<ContainerSpec> specs = new ArrayList<>();
		for (Container container : pod.getSpec().getContainers()) {
			specs.add(new ContainerSpec(container.getName(), Objects.requireNonNullElse(container.getImage(), ""),
					Objects.requireNonNullElse(container.getWorkingDir(), "/"), environment.of(pod, container),
					PodVolumes.mounts(container, directories), run(pod, container, specs.isEmpty())));
		}
		return specs;
	}

	/** A further container's command stands under the same key with its name appended. */
	private static @Nullable String run(Pod pod, Container container, boolean first) {
		Map<String, String> annotations = pod.getMetadata().getAnnotations();
		String own = annotations.get(RUN + "." + container.getName());
		return (own == null && first) ? annotations.get(RUN) : own;
	}

}
