package dev.longhaul.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.simulator.control.ControlLoop;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.longhorn.LonghornControllers;
import dev.longhaul.simulator.longhorn.LonghornInstallation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/**
 * Has Longhorn installed and at work: at once, or as soon as what its chart deploys runs.
 * The target that the chart's values name becomes the default one then.
 */
final class LonghornArrival implements AutoCloseable {

	private static final Duration LOOK = Duration.ofMillis(500);

	private static final Duration DEFAULT_POLL = Duration.ofMinutes(5);

	/** Of {@code default-resource.yaml}, which has nothing but such lines. */
	private static final Pattern LINE = Pattern.compile("(?m)^([a-z-]+): \"?([^\"\\n]*)\"?$");

	private final LonghornObjects objects;

	private final LonghornInstallation installation;

	private final ClusterPlan plan;

	private final Supplier<LonghornControllers> start;

	private final ControlLoop looking = new ControlLoop("longhorn", 1, this::look);

	private @Nullable LonghornControllers controllers;

	/**
	 * @param start begins Longhorn's work in an API that knows its kinds
	 */
	LonghornArrival(LonghornObjects objects, LonghornInstallation installation, ClusterPlan plan,
			Supplier<LonghornControllers> start) {
		this.objects = objects;
		this.installation = installation;
		this.plan = plan;
		this.start = start;
		if (plan.software().hasLonghorn()) {
			begin();
		}
		else {
			looking.enqueue(SimulatedCluster.NAMESPACE);
		}
	}

	private synchronized void begin() {
		installation.install(plan.nodes());
		controllers = start.get();
	}

	private Next look(String namespace) {
		KubernetesClient client = objects.client();
		Deployment deployer = client.apps()
			.deployments()
			.inNamespace(namespace)
			.withName("longhorn-driver-deployer")
			.get();
		if (deployer == null || deployer.getStatus() == null || deployer.getStatus().getAvailableReplicas() == null) {
			return Next.after(LOOK);
		}
		begin();
		ConfigMap defaults = client.configMaps().inNamespace(namespace).withName("longhorn-default-resource").get();
		Optional.ofNullable(defaults)
			.map(found -> found.getData().getOrDefault("default-resource.yaml", ""))
			.ifPresent(this::useTarget);
		return Next.onChange();
	}

	private void useTarget(String defaults) {
		Map<String, String> values = new HashMap<>();
		for (Matcher line = LINE.matcher(defaults); line.find();) {
			values.put(line.group(1), line.group(2));
		}
		String url = values.getOrDefault("backup-target", "");
		if (!url.isEmpty()) {
			installation.target("default", url, values.getOrDefault("backup-target-credential-secret", ""),
					DEFAULT_POLL);
		}
	}

	@Override
	public void close() {
		looking.close();
		synchronized (this) {
			if (controllers != null) {
				controllers.close();
			}
		}
	}

}
