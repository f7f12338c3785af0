package dev.longhaul.longhorn.cluster;

import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.core.cluster.WaitingPods;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Why pods wait: the scheduler's reason, else that of a container, else the newest
 * warning about the pod, which is where a volume that cannot be attached is told.
 */
final class KubernetesWaitingPods implements WaitingPods {

	private static final Set<String> OVER = Set.of("Succeeded", "Failed");

	private static final String SCHEDULED = "PodScheduled";

	private static final String READY = "Ready";

	private final KubernetesClient client;

	private final LonghornApi api;

	KubernetesWaitingPods(KubernetesClient client, String namespace, Clock clock) {
		this.client = client;
		this.api = new LonghornApi(client, namespace, clock);
	}

	@Override
	public List<WaitingPod> waitingPods(String namespace) {
		List<Pod> waiting = api.list(Pod.class, namespace)
			.stream()
			.map(found -> client.getKubernetesSerialization().convertValue(found, Pod.class))
			.filter(KubernetesWaitingPods::isWaiting)
			.sorted(Comparator.comparing(Wire::name))
			.toList();
		boolean allSayWhy = waiting.stream().allMatch(pod -> ownReason(pod).isPresent());
		Map<String, String> warnings = allSayWhy ? Map.of() : warnings(namespace);
		return waiting.stream()
			.flatMap(pod -> ownReason(pod).or(() -> Optional.ofNullable(warnings.get(Wire.name(pod))))
				.map(reason -> new WaitingPod(Wire.name(pod), ServerText.oneLine(reason)))
				.stream())
			.toList();
	}

	private static boolean isWaiting(Pod pod) {
		PodStatus status = pod.getStatus();
		return !Wire.isBeingDeleted(pod) && status != null && !OVER.contains(Wire.text(status.getPhase()))
				&& condition(status, READY).filter(ready -> "True".equals(ready.getStatus())).isEmpty();
	}

	private static Optional<PodCondition> condition(PodStatus status, String type) {
		return status.getConditions().stream().filter(condition -> type.equals(condition.getType())).findFirst();
	}

	private static Optional<String> ownReason(Pod pod) {
		PodStatus status = pod.getStatus();
		return condition(status, SCHEDULED).filter(scheduled -> "False".equals(scheduled.getStatus()))
			.map(scheduled -> told(scheduled.getReason(), scheduled.getMessage()))
			.or(() -> Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
				.flatMap(Collection::stream)
				.flatMap(container -> waiting(container).stream())
				.findFirst());
	}

	/** That it is being made says nothing, unless it says why that takes long. */
	private static Optional<String> waiting(ContainerStatus container) {
		return Optional.ofNullable(container.getState())
			.map(ContainerState::getWaiting)
			.filter(waiting -> !Wire.text(waiting.getMessage()).isEmpty()
					|| Wire.text(waiting.getReason()).contains("BackOff"))
			.map(waiting -> told(waiting.getReason(), waiting.getMessage()));
	}

	private static String told(String reason, String message) {
		return Stream.of(Wire.text(reason), Wire.text(message))
			.filter(text -> !text.isEmpty())
			.collect(Collectors.joining(": "));
	}

	/** The newest of each pod. */
	private Map<String, String> warnings(String namespace) {
		return api.list(Event.class, namespace)
			.stream()
			.map(found -> client.getKubernetesSerialization().convertValue(found, Event.class))
			.filter(event -> "Warning".equals(event.getType()) && event.getInvolvedObject() != null
					&& "Pod".equals(event.getInvolvedObject().getKind()) && event.getInvolvedObject().getName() != null)
			.collect(Collectors.toMap(event -> event.getInvolvedObject().getName(), Function.identity(),
					(one, other) -> at(one).compareTo(at(other)) < 0 ? other : one))
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					event -> told(event.getValue().getReason(), event.getValue().getMessage())));
	}

	/** Timestamps of one form sort as texts. */
	private static String at(Event event) {
		return Objects.requireNonNullElse(event.getLastTimestamp(), "");
	}

}
