package dev.longhaul.simulator.binding;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.simulator.control.ControlLoop;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/**
 * Binds and protects volumes and claims, from when it is started until it is closed. Only
 * for an API without a kube-controller-manager; that one would take up to 15 s for what
 * is done here at once.
 */
public final class BindingControllers implements AutoCloseable {

	/** As kube-controller-manager's default. */
	private static final long RESYNC_MILLIS = 15_000;

	/** The one name of a queue that looks at everything. */
	private static final String ALL = "all";

	private final KubernetesClient client;

	private final List<ControlLoop> loops = new ArrayList<>();

	private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

	private BindingControllers(KubernetesClient client) {
		this.client = client;
	}

	/**
	 * @param client of the API itself, not of a front that may be told to fail
	 */
	public static BindingControllers start(KubernetesClient client, Clock clock) {
		BindingControllers controllers = new BindingControllers(client);
		controllers.begin(clock);
		return controllers;
	}

	private void begin(Clock clock) {
		ControlLoop claims = loop("claim-binding", new ClaimBinding(client, clock));
		ControlLoop volumes = loop("volume-binding", new VolumeBinding(client));
		ControlLoop claimProtection = loop("claim-protection", name -> protectClaim(name, volumes));
		ControlLoop volumeProtection = loop("volume-protection", this::protectVolume);
		ControlLoop waiting = loop("waiting-claim", all -> {
			client.persistentVolumeClaims()
				.inAnyNamespace()
				.list()
				.getItems()
				.stream()
				.filter(claim -> !Phases.of(claim).equals(Phases.BOUND))
				.forEach(claim -> claims.enqueue(name(claim)));
			return Next.onChange();
		});
		ControlLoop used = loop("used-claim", namespace -> {
			client.persistentVolumeClaims()
				.inNamespace(namespace)
				.list()
				.getItems()
				.stream()
				.filter(claim -> claim.getMetadata().getDeletionTimestamp() != null)
				.forEach(claim -> claimProtection.enqueue(name(claim)));
			return Next.onChange();
		});

		informers.add(client.persistentVolumeClaims().inAnyNamespace().inform(new Enqueue<>(claim -> {
			claims.enqueue(name(claim));
			claimProtection.enqueue(name(claim));
			if (!ClaimBinding.volumeName(claim).isEmpty()) {
				volumes.enqueue(ClaimBinding.volumeName(claim));
			}
		}), RESYNC_MILLIS));
		informers.add(client.persistentVolumes().inform(new Enqueue<>(volume -> {
			volumes.enqueue(volume.getMetadata().getName());
			volumeProtection.enqueue(volume.getMetadata().getName());
			if (volume.getSpec().getClaimRef() != null) {
				claims.enqueue(
						volume.getSpec().getClaimRef().getNamespace() + "/" + volume.getSpec().getClaimRef().getName());
			}
			waiting.enqueue(ALL);
		}), RESYNC_MILLIS));
		informers.add(client.storage()
			.v1()
			.storageClasses()
			.inform(new Enqueue<StorageClass>(storageClass -> waiting.enqueue(ALL)), RESYNC_MILLIS));
		informers.add(client.pods()
			.inAnyNamespace()
			.inform(new Enqueue<Pod>(pod -> used.enqueue(pod.getMetadata().getNamespace())), RESYNC_MILLIS));
	}

	/**
	 * @param volumes to look at when a claim goes: the API itself may not tell
	 */
	private Next protectClaim(String name, ControlLoop volumes) {
		ClaimRef reference = ClaimRef.parse(name);
		PersistentVolumeClaim claim = client.persistentVolumeClaims()
			.inNamespace(reference.namespace())
			.withName(reference.name())
			.get();
		if (claim != null && new Protection(client, Protection.CLAIM).keep(claim, isUsed(reference))
				&& claim.getMetadata().getDeletionTimestamp() != null && !ClaimBinding.volumeName(claim).isEmpty()) {
			volumes.enqueue(ClaimBinding.volumeName(claim));
		}
		return Next.onChange();
	}

	private boolean isUsed(ClaimRef claim) {
		return client.pods()
			.inNamespace(claim.namespace())
			.list()
			.getItems()
			.stream()
			.anyMatch(pod -> uses(pod, claim));
	}

	private static boolean uses(Pod pod, ClaimRef claim) {
		String phase = (pod.getStatus() != null) ? Objects.requireNonNullElse(pod.getStatus().getPhase(), "") : "";
		boolean ended = phase.equals("Succeeded") || phase.equals("Failed");
		return !ended && pod.getSpec()
			.getVolumes()
			.stream()
			.anyMatch(volume -> volume.getPersistentVolumeClaim() != null
					&& claim.name().equals(volume.getPersistentVolumeClaim().getClaimName()));
	}

	private Next protectVolume(String name) {
		PersistentVolume volume = client.persistentVolumes().withName(name).get();
		if (volume != null) {
			new Protection(client, Protection.VOLUME).keep(volume, Phases.of(volume).equals(Phases.BOUND));
		}
		return Next.onChange();
	}

	private static String name(PersistentVolumeClaim claim) {
		return claim.getMetadata().getNamespace() + "/" + claim.getMetadata().getName();
	}

	private ControlLoop loop(String kind, Reconciler reconciler) {
		ControlLoop loop = new ControlLoop(kind, 1, reconciler);
		loops.add(loop);
		return loop;
	}

	@Override
	public void close() {
		informers.forEach(SharedIndexInformer::close);
		loops.forEach(ControlLoop::close);
	}

	/** Passes on whatever happens to an object. */
	private record Enqueue<T extends HasMetadata>(Consumer<T> enqueue) implements ResourceEventHandler<T> {

		@Override
		public void onAdd(T object) {
			enqueue.accept(object);
		}

		@Override
		public void onUpdate(T before, T object) {
			enqueue.accept(object);
		}

		@Override
		public void onDelete(T object, boolean deletedFinalStateUnknown) {
			enqueue.accept(object);
		}

	}

}
