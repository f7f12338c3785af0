package dev.longhaul.simulator.kubelet;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

import dev.longhaul.core.failure.Interruption;

/**
 * Makes pods of Deployments and StatefulSets, and collects those whose owner is gone,
 * where no kube-controller-manager does.
 * <p>
 * Whenever anything changes, everything is looked at again, from the API and not from a
 * cache: a simulated cluster is small, and so nothing is ever made twice.
 */
public final class WorkloadControllers implements AutoCloseable {

	private static final System.Logger LOG = System.getLogger(WorkloadControllers.class.getName());

	/** Looks again so soon if something met a conflict. */
	private static final long RETRY_MILLIS = 200;

	/** Looks without being told, in case a watch has lost something. */
	private static final long LOOK_MILLIS = 30_000;

	private static final long END_LIMIT_SECONDS = 10;

	private final KubernetesClient client;

	private final Deployments deployments;

	private final ReplicaSets replicaSets;

	private final StatefulSets statefulSets;

	private final Semaphore changes = new Semaphore(1);

	private final List<SharedIndexInformer<?>> informers;

	private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
		Thread worker = new Thread(task, "workload-controllers");
		worker.setDaemon(true);
		return worker;
	});

	private volatile boolean closed;

	private WorkloadControllers(KubernetesClient client) {
		this.client = client;
		this.deployments = new Deployments(client);
		this.replicaSets = new ReplicaSets(client);
		this.statefulSets = new StatefulSets(client);
		this.informers = List.of(client.pods().inAnyNamespace().inform(new Change<>()),
				client.apps().deployments().inAnyNamespace().inform(new Change<>()),
				client.apps().replicaSets().inAnyNamespace().inform(new Change<>()),
				client.apps().statefulSets().inAnyNamespace().inform(new Change<>()));
		this.thread.execute(this::reconcileUntilClosed);
	}

	/**
	 * @param client of the API itself, not of a front that may be told to fail
	 */
	public static WorkloadControllers start(KubernetesClient client) {
		return new WorkloadControllers(client);
	}

	private void reconcileUntilClosed() {
		try {
			boolean settled = true;
			while (!closed) {
				changes.tryAcquire(settled ? LOOK_MILLIS : RETRY_MILLIS, TimeUnit.MILLISECONDS);
				changes.drainPermits();
				settled = closed || reconcile();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * @return whether it went through
	 */
	private boolean reconcile() {
		try {
			List<Pod> pods = client.pods().inAnyNamespace().list().getItems();
			List<ReplicaSet> sets = client.apps().replicaSets().inAnyNamespace().list().getItems();
			List<Deployment> wanted = client.apps().deployments().inAnyNamespace().list().getItems();
			List<StatefulSet> ordered = client.apps().statefulSets().inAnyNamespace().list().getItems();
			collectGarbage(Stream.concat(pods.stream(), sets.stream()),
					Stream.of(sets, wanted, ordered).flatMap(List::stream));
			wanted.forEach(deployment -> deployments.reconcile(deployment, ownedBy(deployment, sets)));
			sets.forEach(set -> replicaSets.reconcile(set, ownedBy(set, pods)));
			ordered.forEach(set -> statefulSets.reconcile(set, ownedBy(set, pods)));
			return true;
		}
		catch (KubernetesClientException ex) {
			LOG.log(Level.DEBUG, "looking at the workloads again: {0}", ex.getMessage());
			return false;
		}
		catch (RuntimeException ex) {
			LOG.log(Level.WARNING, "looking at the workloads again", ex);
			return false;
		}
	}

	private static <T extends HasMetadata> List<T> ownedBy(HasMetadata owner, List<T> all) {
		String uid = owner.getMetadata().getUid();
		return all.stream()
			.filter(object -> Owners.controller(object).filter(ref -> ref.getUid().equals(uid)).isPresent())
			.toList();
	}

	/** What has a controller of a kind known here that is not there any more. */
	private void collectGarbage(Stream<HasMetadata> objects, Stream<? extends HasMetadata> owners) {
		Set<String> alive = owners.map(owner -> owner.getMetadata().getUid()).collect(Collectors.toSet());
		objects.filter(object -> object.getMetadata().getDeletionTimestamp() == null)
			.filter(object -> Owners.controller(object)
				.filter(ref -> Owners.KINDS.contains(ref.getKind()) && !alive.contains(ref.getUid()))
				.isPresent())
			.forEach(object -> client.resource(object).delete());
	}

	@Override
	public void close() {
		closed = true;
		changes.release();
		informers.forEach(SharedIndexInformer::close);
		thread.shutdown();
		try {
			thread.awaitTermination(END_LIMIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "ending the workload controllers");
		}
	}

	private final class Change<T> implements ResourceEventHandler<T> {

		@Override
		public void onAdd(T object) {
			changes.release();
		}

		@Override
		public void onUpdate(T before, T object) {
			changes.release();
		}

		@Override
		public void onDelete(T object, boolean deletedFinalStateUnknown) {
			changes.release();
		}

	}

}
