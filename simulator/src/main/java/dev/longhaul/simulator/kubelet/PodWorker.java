package dev.longhaul.simulator.kubelet;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

import dev.longhaul.core.failure.Interruption;

/**
 * The life of one pod on the node, told from beginning to end on a thread of its own: its
 * volumes come, its containers start, end and start again, until it is deleted. Every
 * loop of it is bounded by that deletion and by the end of the node.
 */
final class PodWorker implements Runnable {

	private static final System.Logger LOG = System.getLogger(PodWorker.class.getName());

	/**
	 * How often to look for what is not there yet, and to repeat a report that failed.
	 */
	private static final Duration LOOK = Duration.ofMillis(200);

	/**
	 * A kubelet goes from 10 s to 5 min; nobody should wait that long for a simulation.
	 */
	private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);

	private static final int LONGEST_BACK_OFF_DOUBLINGS = 4;

	private final Pod pod;

	private final PodApi api;

	private final ContainerSpecs specs;

	private final Standstill standstill;

	private final Path directory;

	private final Clock clock;

	private final Instant begun;

	private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

	private final Map<ContainerRun, Instant> startsDue = new HashMap<>();

	private volatile List<ContainerRun> containers = List.of();

	private boolean unreported;

	/**
	 * @param directory does not exist yet; goes with the pod
	 */
	PodWorker(Pod pod, PodApi api, ContainerSpecs specs, Standstill standstill, Path directory, Clock clock) {
		this.pod = pod;
		this.api = api;
		this.specs = specs;
		this.standstill = standstill;
		this.directory = directory;
		this.clock = clock;
		this.begun = clock.instant();
	}

	Pod pod() {
		return pod;
	}

	/** Its containers; empty while they cannot be made. */
	List<ContainerRun> containers() {
		return containers;
	}

	/** The API says that the pod is to end within a time. */
	void delete(Duration grace) {
		events.add(new Event.Deleted(grace));
	}

	/** The node ends: the pod's processes do too, and the API hears nothing of it. */
	void abandon() {
		events.add(new Event.Abandoned());
	}

	@Override
	public void run() {
		Event end = new Event.Abandoned();
		try {
			end = live();
		}
		finally {
			stopContainers((end instanceof Event.Deleted deleted) ? deleted.grace() : Duration.ZERO);
		}
		if (end instanceof Event.Deleted) {
			release();
		}
		ScratchDirectories.delete(directory);
	}

	/** What ended it. */
	private Event live() {
		Event end = awaitContainers();
		if (end != null) {
			return end;
		}
		containers.forEach(run -> startsDue.put(run, begun));
		return superviseUntilTheEnd();
	}

	/**
	 * Looks until all the pod needs is there.
	 * @return what ended the pod before; null if its containers can start
	 */
	private @Nullable Event awaitContainers() {
		String reported = "";
		while (true) {
			try {
				List<ContainerRun> made = new ArrayList<>();
				for (ContainerSpec spec : specs.of(pod, directory.resolve("volumes"))) {
					Path root = ScratchDirectories.create(directory.resolve("roots").resolve(spec.name()));
					made.add(new ContainerRun(spec, root, standstill, clock));
				}
				containers = List.copyOf(made);
				return null;
			}
			catch (NotReadyException ex) {
				if (!reported.equals(ex.message())) {
					report(current -> PodStatuses.pending(current, ex, clock.instant()));
					reported = unreported ? "" : ex.message();
				}
			}
			catch (KubernetesClientException ex) {
				LOG.log(Level.DEBUG, "looking again for what {0} needs: {1}", name(), ex.getMessage());
			}
			Event event = nextEvent();
			if (event != null) {
				return event;
			}
		}
	}

	private Event superviseUntilTheEnd() {
		while (true) {
			startWhatIsDue();
			if (unreported) {
				report(current -> PodStatuses.of(current, containers, begun, clock.instant()));
			}
			Event event = nextEvent();
			if (event instanceof Event.ContainerEnded ended) {
				containerEnded(ended.run());
			}
			else if (event != null) {
				return event;
			}
		}
	}

	private void startWhatIsDue() {
		Instant now = clock.instant();
		for (ContainerRun run : containers) {
			Instant due = startsDue.get(run);
			if (due == null || due.isAfter(now)) {
				continue;
			}
			startsDue.remove(run);
			run.start(() -> events.add(new Event.ContainerEnded(run)));
			unreported = true;
			if (!(run.state() instanceof ContainerState.Running)) {
				startsDue.put(run, now.plus(backOff(run)));
			}
		}
	}

	private void containerEnded(ContainerRun run) {
		unreported = true;
		String policy = Objects.requireNonNullElse(pod.getSpec().getRestartPolicy(), "Always");
		ContainerState.Terminated end = run.lastEnd();
		boolean succeeded = end != null && end.succeeded();
		if (policy.equals("Always") || (policy.equals("OnFailure") && !succeeded)) {
			Duration backOff = backOff(run);
			run.awaitRestart(backOff);
			startsDue.put(run, clock.instant().plus(backOff));
		}
	}

	private static Duration backOff(ContainerRun run) {
		return FIRST_BACK_OFF.multipliedBy(1L << Math.min(run.restarts(), LONGEST_BACK_OFF_DOUBLINGS));
	}

	private void stopContainers(Duration grace) {
		CompletableFuture<?>[] stops = containers.stream()
			.map(run -> CompletableFuture.runAsync(() -> run.stop(grace),
					task -> new Thread(task, "stop-" + name()).start()))
			.toArray(CompletableFuture<?>[]::new);
		CompletableFuture.allOf(stops).join();
	}

	private void release() {
		try {
			api.release(pod);
		}
		catch (KubernetesClientException ex) {
			LOG.log(Level.WARNING, "{0} has stopped and the API did not take it: {1}", name(), ex.getMessage());
		}
	}

	private void report(Function<Pod, PodStatus> status) {
		try {
			api.report(pod, status);
			unreported = false;
		}
		catch (KubernetesClientException ex) {
			unreported = true;
			LOG.log(Level.DEBUG, "reporting {0} again: {1}", name(), ex.getMessage());
		}
	}

	private @Nullable Event nextEvent() {
		try {
			return events.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "running " + name());
		}
	}

	private String name() {
		return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
	}

	/** What happens to a pod. */
	private sealed interface Event {

		record ContainerEnded(ContainerRun run) implements Event {

		}

		record Deleted(Duration grace) implements Event {

		}

		record Abandoned() implements Event {

		}

	}

}
