package dev.longhaul.longhorn.cluster;

import java.io.InputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import dev.longhaul.core.cluster.CommandStreams;
import dev.longhaul.core.cluster.HeldCommand;
import dev.longhaul.core.cluster.WorkloadCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.ResourceNotFoundException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.jspecify.annotations.Nullable;

/**
 * Deployments and StatefulSets, and commands in their pods.
 */
public final class KubernetesWorkloads implements WorkloadCluster, CommandStreams {

	private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

	private static final int MOST_LOOKS = 5;

	private final KubernetesClient client;

	/**
	 * @param client one that bounds every call in time and does not retry; closed by the
	 * caller
	 */
	public KubernetesWorkloads(KubernetesClient client) {
		this.client = client;
	}

	@Override
	public CommandResult run(Place place, List<String> command, Duration timeout) {
		Pod pod = readyPod(place.workload());
		return PodCommand.run(exec(pod), container(place, pod), command, timeout);
	}

	@Override
	public HeldCommand hold(Place place, List<String> command) {
		Pod pod = readyPod(place.workload());
		return PodCommand.hold(exec(pod), container(place, pod), command);
	}

	@Override
	public InputStream stream(Place place, List<String> command, Duration timeout) {
		Pod pod = readyPod(place.workload());
		return PodStream.open(exec(pod), container(place, pod), command, timeout);
	}

	@Override
	public Scale scale(Workload workload) {
		Declared declared = find(workload);
		return new Scale(declared.replicas(), pods(workload, declared).size());
	}

	@Override
	public int ready(Workload workload) {
		return (int) pods(workload, find(workload)).stream().filter(KubernetesWorkloads::isReady).count();
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Its version makes it a change of what was looked at and of nothing newer; but the
	 * controllers of the cluster change the version, too, each time a pod comes or goes.
	 */
	@Override
	public boolean scale(Workload workload, int from, int to) {
		ClusterCall call = call("patch", workload);
		for (int look = 1;; look++) {
			Declared declared = find(workload);
			if (declared.replicas() != from) {
				return false;
			}
			String patch = "{\"metadata\":{\"resourceVersion\":\"%s\"},\"spec\":{\"replicas\":%d}}"
				.formatted(declared.version(), to);
			try {
				HasMetadata unusedPatched = resource(workload).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
				return true;
			}
			catch (KubernetesClientException ex) {
				CallTrouble trouble = CallTrouble.of(call, ex);
				if (trouble.kind() != CallTrouble.Kind.BUSY || look == MOST_LOOKS) {
					throw notScaled(trouble);
				}
			}
		}
	}

	private static LonghaulException notScaled(CallTrouble trouble) {
		return (trouble.kind() == CallTrouble.Kind.ANSWER_LOST) ? new OutcomeUnknown(FailureCode.CLUSTER_UNREACHABLE,
				trouble.fact() + "; it may have been done", "look how many pods it has now", trouble.cause())
				: trouble.toException();
	}

	private Declared find(Workload workload) {
		ClusterCall call = call("get", workload);
		try {
			HasMetadata found = resource(workload).require();
			String version = String.valueOf(found.getMetadata().getResourceVersion());
			if (found instanceof Deployment deployment) {
				return new Declared(deployment.getSpec().getReplicas(), deployment.getSpec().getSelector(), version);
			}
			StatefulSet set = (StatefulSet) found;
			return new Declared(set.getSpec().getReplicas(), set.getSpec().getSelector(), version);
		}
		catch (KubernetesClientException | ResourceNotFoundException ex) {
			CallTrouble trouble = CallTrouble.of(call, ex);
			if (trouble.kind() == CallTrouble.Kind.NOT_FOUND) {
				throw new RefusedRequest(FailureCode.CLUSTER_REFUSED, "there is no " + workload,
						"correct the workloads of the application's definition", ex);
			}
			throw trouble.toException();
		}
	}

	private Resource<? extends HasMetadata> resource(Workload workload) {
		return switch (workload.kind()) {
			case DEPLOYMENT -> client.apps().deployments().inNamespace(workload.namespace()).withName(workload.name());
			case STATEFUL_SET ->
				client.apps().statefulSets().inNamespace(workload.namespace()).withName(workload.name());
		};
	}

	/** Those that are there, also those that are ending. */
	private List<Pod> pods(Workload workload, Declared declared) {
		ClusterCall call = new ClusterCall(client.getMasterUrl().toString(), "list", "", "pods", workload.namespace(),
				null);
		return answered(call,
				() -> client.pods()
					.inNamespace(workload.namespace())
					.withLabelSelector(declared.selector())
					.list()
					.getItems())
			.stream()
			.filter(pod -> pod.getStatus() == null || !isOver(pod.getStatus().getPhase()))
			.toList();
	}

	private static boolean isOver(@Nullable String phase) {
		return "Succeeded".equals(phase) || "Failed".equals(phase);
	}

	private Pod readyPod(Workload workload) {
		return pods(workload, find(workload)).stream()
			.filter(KubernetesWorkloads::isReady)
			.min(Comparator.comparing(pod -> pod.getMetadata().getName()))
			.orElseThrow(() -> new TransientFailure(FailureCode.CLUSTER_UNREACHABLE,
					"no pod of " + workload + " is ready", "look at it: kubectl -n %s get %s %s"
						.formatted(workload.namespace(), workload.kind().word(), workload.name())));
	}

	private static boolean isReady(Pod pod) {
		return pod.getMetadata().getDeletionTimestamp() == null && pod.getStatus() != null
				&& pod.getStatus()
					.getConditions()
					.stream()
					.anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
	}

	private ContainerResource container(Place place, Pod pod) {
		List<String> names = pod.getSpec().getContainers().stream().map(Container::getName).toList();
		Map<String, String> annotations = Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
		String wanted = (place.container() != null) ? place.container()
				: annotations.getOrDefault(DEFAULT_CONTAINER, names.get(0));
		if (!names.contains(wanted)) {
			throw new RefusedRequest(FailureCode.CLUSTER_REFUSED,
					"the pods of %s have no container '%s', only %s".formatted(place.workload(), wanted, names),
					"correct the application's profile");
		}
		return client.pods()
			.inNamespace(pod.getMetadata().getNamespace())
			.withName(pod.getMetadata().getName())
			.inContainer(wanted);
	}

	private static <T> T answered(ClusterCall call, Supplier<T> ask) {
		try {
			return ask.get();
		}
		catch (KubernetesClientException ex) {
			throw CallTrouble.of(call, ex).toException();
		}
	}

	/** The right that it takes, for messages. */
	private ClusterCall exec(Pod pod) {
		return new ClusterCall(client.getMasterUrl().toString(), "create", "", "pods/exec",
				pod.getMetadata().getNamespace(), pod.getMetadata().getName());
	}

	private ClusterCall call(String verb, Workload workload) {
		return new ClusterCall(client.getMasterUrl().toString(), verb, "apps", workload.kind().word() + "s",
				workload.namespace(), workload.name());
	}

	/** What is declared of a workload; one that does not say has one pod. */
	private record Declared(int replicas, LabelSelector selector, String version) {

		Declared(@Nullable Integer replicas, LabelSelector selector, String version) {
			this((replicas != null) ? replicas.intValue() : 1, selector, version);
		}

	}

}
