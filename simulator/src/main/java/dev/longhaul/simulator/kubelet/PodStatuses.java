package dev.longhaul.simulator.kubelet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIPBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;

/**
 * Puts what the node knows of a pod into the words of its status.
 */
final class PodStatuses {

	/** There is no pod network: every pod listens on this machine. */
	static final String POD_IP = "127.0.0.1";

	private PodStatuses() {
	}

	/** The status of a pod whose containers cannot be made yet. */
	static PodStatus pending(Pod pod, NotReadyException why, Instant now) {
		List<ContainerStatus> containers = pod.getSpec().getContainers().stream().map(container -> {
			ContainerState state = new ContainerState.Waiting(why.reason(), why.message());
			return status(container.getName(), container.getImage(), state).build();
		}).toList();
		return status(pod, "Pending", containers, now).build();
	}

	/** The status of a pod whose containers are made. */
	static PodStatus of(Pod pod, List<ContainerRun> runs, Instant started, Instant now) {
		List<ContainerStatus> containers = runs.stream().map(PodStatuses::status).toList();
		return status(pod, phase(runs), containers, now).withStartTime(text(started))
			.withPodIP(POD_IP)
			.withPodIPs(new PodIPBuilder().withIp(POD_IP).build())
			.build();
	}

	/** A pod runs as long as one of its containers runs or is to run again. */
	private static String phase(List<ContainerRun> runs) {
		List<ContainerState> states = runs.stream().map(ContainerRun::state).toList();
		if (states.stream().allMatch(state -> state instanceof ContainerState.Terminated)) {
			boolean failed = states.stream()
				.anyMatch(state -> state instanceof ContainerState.Terminated end && !end.succeeded());
			return failed ? "Failed" : "Succeeded";
		}
		boolean begun = runs.stream()
			.anyMatch(run -> !(run.state() instanceof ContainerState.Waiting) || run.restarts() > 0
					|| run.lastEnd() != null);
		return begun ? "Running" : "Pending";
	}

	private static PodStatusBuilder status(Pod pod, String phase, List<ContainerStatus> containers, Instant now) {
		boolean ready = containers.stream().allMatch(ContainerStatus::getReady);
		return new PodStatusBuilder().withPhase(phase)
			.withQosClass("BestEffort")
			.withHostIP(POD_IP)
			.withContainerStatuses(containers)
			.withConditions(conditions(pod, ready, now));
	}

	private static List<PodCondition> conditions(Pod pod, boolean ready, Instant now) {
		List<PodCondition> conditions = new ArrayList<>();
		conditions.add(condition(pod, "Initialized", true, now));
		conditions.add(condition(pod, "Ready", ready, now));
		conditions.add(condition(pod, "ContainersReady", ready, now));
		conditions.add(condition(pod, "PodScheduled", true, now));
		return conditions;
	}

	/** Keeps the time of the last change. */
	private static PodCondition condition(Pod pod, String type, boolean holds, Instant now) {
		String status = holds ? "True" : "False";
		List<PodCondition> before = (pod.getStatus() != null) ? pod.getStatus().getConditions() : List.of();
		String since = before.stream()
			.filter(condition -> condition.getType().equals(type) && condition.getStatus().equals(status))
			.map(PodCondition::getLastTransitionTime)
			.findFirst()
			.orElse(text(now));
		return new PodConditionBuilder().withType(type).withStatus(status).withLastTransitionTime(since).build();
	}

	private static ContainerStatus status(ContainerRun run) {
		ContainerStatusBuilder status = status(run.spec().name(), run.spec().image(), run.state())
			.withRestartCount(run.restarts())
			.withContainerID("simulated://" + run.spec().name());
		ContainerState.Terminated before = run.lastEnd();
		if (before != null && !(run.state() instanceof ContainerState.Terminated)) {
			status.withLastState(state(before));
		}
		return status.build();
	}

	private static ContainerStatusBuilder status(String name, String image, ContainerState state) {
		boolean running = state instanceof ContainerState.Running;
		return new ContainerStatusBuilder().withName(name)
			.withImage(image)
			.withImageID("")
			.withReady(running)
			.withStarted(running)
			.withRestartCount(0)
			.withState(state(state));
	}

	private static io.fabric8.kubernetes.api.model.ContainerState state(ContainerState state) {
		ContainerStateBuilder builder = new ContainerStateBuilder();
		if (state instanceof ContainerState.Waiting waiting) {
			builder.withNewWaiting().withReason(waiting.reason()).withMessage(waiting.message()).endWaiting();
		}
		else if (state instanceof ContainerState.Running running) {
			builder.withNewRunning().withStartedAt(text(running.since())).endRunning();
		}
		else if (state instanceof ContainerState.Terminated end) {
			builder.withNewTerminated()
				.withExitCode(end.exitCode())
				.withReason(end.succeeded() ? "Completed" : "Error")
				.withStartedAt(text(end.started()))
				.withFinishedAt(text(end.finished()))
				.endTerminated();
		}
		return builder.build();
	}

	/** Kubernetes' times have whole seconds. */
	static String text(Instant time) {
		return time.truncatedTo(ChronoUnit.SECONDS).toString();
	}

}
