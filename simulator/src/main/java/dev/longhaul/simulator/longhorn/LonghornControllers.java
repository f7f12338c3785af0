package dev.longhaul.simulator.longhorn;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.longhorn.crd.BackupVolume;
import dev.longhaul.longhorn.crd.Snapshot;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.VolumeAttachment;
import dev.longhaul.simulator.control.ControlLoop;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.engine.Engines;
import dev.longhaul.simulator.fault.Faults;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/**
 * Longhorn's managers at work on an API, from when they are started until they are
 * closed.
 */
public final class LonghornControllers implements AutoCloseable {

	/** Objects are looked at again so often even if nothing was seen to change. */
	private static final long RESYNC_MILLIS = 30_000;

	/** The one name of a queue that looks at everything. */
	private static final String ALL = "all";

	private final KubernetesClient client;

	private final String namespace;

	private final List<ControlLoop> loops = new ArrayList<>();

	private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

	private final BackupController backups;

	private LonghornControllers(LonghornParts parts) {
		this.client = parts.objects().client();
		this.namespace = parts.objects().namespace();
		this.backups = new BackupController(parts);
	}

	/**
	 * @param objects of an API that knows Longhorn's kinds
	 */
	public static LonghornControllers start(LonghornObjects objects, Engines engines, TargetStores targets,
			SimulatedTiming timing, Clock clock, Faults faults, LonghornRelease release) {
		LonghornParts parts = new LonghornParts(objects, engines, targets, timing, clock, faults, release);
		LonghornControllers controllers = new LonghornControllers(parts);
		controllers.begin(parts);
		return controllers;
	}

	private void begin(LonghornParts parts) {
		ControlLoop volumes = loop("volume", 1, new VolumeController(parts));
		ControlLoop claims = loop("claim", 1, new ClaimTracker(parts));
		ControlLoop attachers = loop("workload", 1, new WorkloadAttacher(parts));
		ControlLoop attachments = loop("attachment", 1, new AttachmentController(parts));
		ControlLoop snapshots = loop("snapshot", 2, new SnapshotController(parts));
		ControlLoop monitors = loop("engine", 1, new EngineMonitor(parts, snapshots::enqueue));
		ControlLoop backupLoop = loop("backup", 4, backups);
		ControlLoop backupVolumes = loop("backupvolume", 2, new BackupVolumeController(parts));
		ControlLoop targets = loop("backuptarget", 2, new BackupTargetController(parts));
		ControlLoop provisioner = loop("provisioner", 1, new ClaimProvisioner(parts));
		ControlLoop reclaim = loop("reclaim", 1, new VolumeReclaim(parts));

		ControlLoop usage = loop("usage", 1, claim -> {
			new Claims(client).volumeOf(ClaimRef.parse(claim)).ifPresent(volume -> {
				claims.enqueue(volume);
				attachers.enqueue(volume);
			});
			return Next.onChange();
		});
		ControlLoop restored = loop("restored", 1, source -> {
			parts.objects()
				.list(Volume.class, Map.of(Words.BACKUP_VOLUME_LABEL, source))
				.forEach(volume -> volumes.enqueue(volume.name()));
			return Next.onChange();
		});
		LostNodes nodes = new LostNodes(parts);
		ControlLoop everyVolume = loop("faults", 1, all -> {
			nodes.report();
			for (Stored<Volume> volume : parts.objects().list(Volume.class)) {
				volumes.enqueue(volume.name());
				attachments.enqueue(volume.name());
			}
			return Next.onChange();
		});
		Duration monitorInterval = parts.timing().engineMonitor();
		parts.engines().listen(volume -> {
			volumes.enqueue(volume.value());
			monitors.enqueueAfter(volume.value(), monitorInterval);
		});
		parts.faults().listen(() -> everyVolume.enqueue(ALL));

		watch(Volume.class, Seen.CHANGES, volume -> {
			volumes.enqueue(name(volume));
			attachments.enqueue(name(volume));
			monitors.enqueueAfter(name(volume), monitorInterval);
		});
		watch(Volume.class, Seen.ARRIVALS, volume -> {
			claims.enqueue(name(volume));
			attachers.enqueue(name(volume));
		});
		watch(VolumeAttachment.class, Seen.CHANGES, attachment -> attachments.enqueue(name(attachment)));
		watch(Snapshot.class, Seen.CHANGES, snapshot -> snapshots.enqueue(name(snapshot)));
		watch(Backup.class, Seen.CHANGES, backup -> backupLoop.enqueue(name(backup)));
		watch(BackupVolume.class, Seen.CHANGES, backupVolume -> {
			backupVolumes.enqueue(name(backupVolume));
			volumes.enqueue(volumeOf(backupVolume));
			restored.enqueue(volumeOf(backupVolume));
		});
		watch(BackupTarget.class, Seen.CHANGES, target -> targets.enqueue(name(target)));
		watch(PersistentVolume.class, Seen.CHANGES, persistentVolume -> {
			String volume = Claims.handle(convert(persistentVolume, PersistentVolume.class));
			if (!volume.isEmpty()) {
				claims.enqueue(volume);
				attachers.enqueue(volume);
				reclaim.enqueue(name(persistentVolume));
			}
		});
		watch(PersistentVolumeClaim.class, Seen.CHANGES, claim -> {
			usage.enqueue(reference(claim, name(claim)));
			provisioner.enqueue(reference(claim, name(claim)));
		});
		watch(Pod.class, Seen.CHANGES,
				pod -> Claims.usedBy(convert(pod, Pod.class)).forEach(claim -> usage.enqueue(reference(pod, claim))));
	}

	private <T> T convert(HasMetadata object, Class<T> type) {
		return client.getKubernetesSerialization().convertValue(object, type);
	}

	private static String reference(HasMetadata object, String claim) {
		return object.getMetadata().getNamespace() + "/" + claim;
	}

	private static String name(HasMetadata object) {
		return object.getMetadata().getName();
	}

	/** Before 1.8 there are no labels, and the name is the volume's. */
	private static String volumeOf(HasMetadata backupVolume) {
		Map<String, String> labels = backupVolume.getMetadata().getLabels();
		String labelled = (labels != null) ? labels.get(Words.BACKUP_VOLUME_LABEL) : null;
		return (labelled != null) ? labelled : name(backupVolume);
	}

	private ControlLoop loop(String kind, int threads, Reconciler reconciler) {
		ControlLoop loop = new ControlLoop(kind, threads, reconciler);
		loops.add(loop);
		return loop;
	}

	private void watch(Class<? extends HasMetadata> type, Seen seen, Consumer<HasMetadata> enqueue) {
		MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> all = client
			.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(type));
		ResourceEventHandler<GenericKubernetesResource> handler = new Enqueue(seen, enqueue);
		informers
			.add(CustomResource.class.isAssignableFrom(type) ? all.inNamespace(namespace).inform(handler, RESYNC_MILLIS)
					: all.inAnyNamespace().inform(handler, RESYNC_MILLIS));
	}

	@Override
	public void close() {
		informers.forEach(SharedIndexInformer::close);
		loops.forEach(ControlLoop::close);
		backups.close();
	}

	/** What of an object's life makes a controller look. */
	private enum Seen {

		CHANGES, ARRIVALS

	}

	/** Passes names on. */
	private record Enqueue(Seen seen,
			Consumer<HasMetadata> enqueue) implements ResourceEventHandler<GenericKubernetesResource> {

		@Override
		public void onAdd(GenericKubernetesResource object) {
			enqueue.accept(object);
		}

		@Override
		public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
			if (seen == Seen.CHANGES) {
				enqueue.accept(object);
			}
		}

		@Override
		public void onDelete(GenericKubernetesResource object, boolean deletedFinalStateUnknown) {
			if (seen == Seen.CHANGES) {
				enqueue.accept(object);
			}
		}

	}

}
