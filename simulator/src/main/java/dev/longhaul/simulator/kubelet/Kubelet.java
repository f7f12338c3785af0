package dev.longhaul.simulator.kubelet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

import dev.longhaul.core.failure.Interruption;
import dev.longhaul.simulator.engine.Freeze;
import dev.longhaul.simulator.front.ContainerRef;
import dev.longhaul.simulator.front.LogQuery;
import dev.longhaul.simulator.front.NodeAgent;
import dev.longhaul.simulator.front.NodeRefusal;

/**
 * The only node of the simulated cluster: runs every pod of the API as processes of this
 * machine. A pod without a {@value ContainerSpecs#RUN} annotation runs nothing by itself
 * and is ready at once; commands can be run in it all the same, on its volumes.
 */
public final class Kubelet implements NodeAgent, Freeze, AutoCloseable {

	private static final System.Logger LOG = System.getLogger(Kubelet.class.getName());

	/** Kubernetes' default. */
	private static final long DEFAULT_GRACE_SECONDS = 30;

	/** Pods whose claiming or release failed are looked at again. */
	private static final Duration RESYNC = Duration.ofSeconds(5);

	private static final Duration END_LIMIT = Duration.ofSeconds(30);

	private final PodApi api;

	private final ContainerSpecs specs;

	private final Path directory;

	private final Clock clock;

	private final Standstill standstill = new Standstill();

	/** By the pod's uid: another pod of the same name may come while one still ends. */
	private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();

	private final ExecutorService threads = Executors.newCachedThreadPool(task -> daemon(task, "pod"));

	/** One thread, so that what happens to a pod is handled in order. */
	private final ExecutorService handling = Executors.newSingleThreadExecutor(task -> daemon(task, "kubelet"));

	private final SharedIndexInformer<Pod> informer;

	private Kubelet(KubernetesClient client, ControlPlaneKind kind, String node, ClaimDirectories claims,
			Path directory, Clock clock) {
		this.api = new PodApi(client, kind, node);
		this.specs = new ContainerSpecs(client, claims);
		this.directory = directory;
		this.clock = clock;
		this.api.registerNode();
		this.informer = client.pods().inAnyNamespace().inform(new PodEvents(), RESYNC.toMillis());
	}

	/**
	 * Begins to run the pods of an API, those already there too.
	 * @param client of the API itself, not of a front that may be told to fail
	 * @param node its name
	 */
	public static Kubelet start(KubernetesClient client, ControlPlaneKind kind, String node, ClaimDirectories claims,
			Clock clock) {
		try {
			return new Kubelet(client, kind, node, claims, Files.createTempDirectory("longhaul-kubelet-"), clock);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Whether this machine can run what pods run. Where it cannot, pods live all the same
	 * and running something in them fails with the reason.
	 * @return the reason if it cannot
	 */
	public static Optional<String> obstacle() {
		return Optional.ofNullable(Sandbox.obstacle());
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public Process exec(ContainerRef container, List<String> command) throws NodeRefusal {
		return find(container).exec(command);
	}

	@Override
	public InputStream log(ContainerRef container, LogQuery query) throws NodeRefusal {
		return find(container).log(query);
	}

	@Override
	public InetSocketAddress port(ContainerRef pod, int port) throws NodeRefusal {
		worker(pod);
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	/**
	 * Holds every process of every container that has a part of the directory mounted.
	 * Processes outside of containers are not held.
	 */
	@Override
	public void during(Path files, Reading reading) throws IOException {
		standstill.during(() -> writers(files), reading);
	}

	private List<Sandbox> writers(Path files) {
		return workers.values()
			.stream()
			.flatMap(worker -> worker.containers().stream())
			.filter(run -> run.spec().mounts().stream().anyMatch(mount -> mount.source().startsWith(files)))
			.flatMap(run -> run.openSandbox().stream())
			.toList();
	}

	private ContainerRun find(ContainerRef ref) throws NodeRefusal {
		PodWorker worker = worker(ref);
		List<String> names = worker.pod().getSpec().getContainers().stream().map(each -> each.getName()).toList();
		if (ref.container() == null && names.size() > 1) {
			throw NodeRefusal
				.badRequest("a container name must be specified for pod " + ref.pod() + ", choose one of: " + names);
		}
		String name = Objects.requireNonNullElse(ref.container(), names.get(0));
		if (!names.contains(name)) {
			throw NodeRefusal.badRequest("container " + name + " is not valid for pod " + ref.pod());
		}
		return worker.containers()
			.stream()
			.filter(run -> run.spec().name().equals(name))
			.findFirst()
			.orElseThrow(() -> NodeRefusal.badRequest(
					"container \"" + name + "\" in pod \"" + ref.pod() + "\" is waiting to start: ContainerCreating"));
	}

	private PodWorker worker(ContainerRef ref) throws NodeRefusal {
		return workers.values()
			.stream()
			.filter(worker -> worker.pod().getMetadata().getNamespace().equals(ref.namespace())
					&& worker.pod().getMetadata().getName().equals(ref.pod()))
			.findFirst()
			.orElseThrow(() -> NodeRefusal.notFound("pods \"" + ref.pod() + "\" not found"));
	}

	private void seen(Pod pod) {
		String uid = pod.getMetadata().getUid();
		PodWorker worker = workers.get(uid);
		if (pod.getMetadata().getDeletionTimestamp() != null) {
			if (worker != null) {
				worker.delete(grace(pod));
			}
			else {
				api.release(pod);
			}
			return;
		}
		if (api.isUnclaimed(pod)) {
			api.claim(pod);
		}
		else if (worker == null && !hasEnded(pod)) {
			begin(pod);
		}
	}

	private void begin(Pod pod) {
		String uid = pod.getMetadata().getUid();
		PodWorker worker = new PodWorker(pod, api, specs, standstill, directory.resolve(uid), clock);
		workers.put(uid, worker);
		threads.execute(() -> {
			try {
				worker.run();
			}
			finally {
				workers.remove(uid);
			}
		});
	}

	private void gone(Pod pod) {
		PodWorker worker = workers.get(pod.getMetadata().getUid());
		if (worker != null) {
			worker.delete(Duration.ZERO);
		}
	}

	private static boolean hasEnded(Pod pod) {
		String phase = (pod.getStatus() != null) ? pod.getStatus().getPhase() : null;
		return "Succeeded".equals(phase) || "Failed".equals(phase);
	}

	private static Duration grace(Pod pod) {
		Long seconds = pod.getMetadata().getDeletionGracePeriodSeconds();
		if (seconds == null) {
			seconds = pod.getSpec().getTerminationGracePeriodSeconds();
		}
		return Duration.ofSeconds((seconds != null) ? seconds : DEFAULT_GRACE_SECONDS);
	}

	/** Ends every process of every pod; the API is left as it is. */
	@Override
	public void close() {
		informer.close();
		handling.shutdown();
		try {
			handling.awaitTermination(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
			workers.values().forEach(PodWorker::abandon);
			threads.shutdown();
			if (!threads.awaitTermination(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
				LOG.log(Level.WARNING, "pods did not end within {0}: {1}", END_LIMIT, workers.keySet());
			}
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "ending the pods of the node");
		}
		ScratchDirectories.delete(directory);
	}

	private final class PodEvents implements ResourceEventHandler<Pod> {

		@Override
		public void onAdd(Pod pod) {
			handle(pod, () -> seen(pod));
		}

		@Override
		public void onUpdate(Pod before, Pod pod) {
			handle(pod, () -> seen(pod));
		}

		@Override
		public void onDelete(Pod pod, boolean deletedFinalStateUnknown) {
			handle(pod, () -> gone(pod));
		}

		private void handle(Pod pod, Runnable action) {
			handling.execute(() -> {
				try {
					action.run();
				}
				catch (KubernetesClientException ex) {
					LOG.log(Level.DEBUG, "looking at {0} again later: {1}", pod.getMetadata().getName(),
							ex.getMessage());
				}
			});
		}

	}

}
