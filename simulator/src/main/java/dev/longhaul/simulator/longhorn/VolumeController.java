package dev.longhaul.simulator.longhorn;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.Robustness;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.BackupVolume;
import dev.longhaul.longhorn.crd.Engine;
import dev.longhaul.longhorn.crd.EngineSpec;
import dev.longhaul.longhorn.crd.Snapshot;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.VolumeAttachment;
import dev.longhaul.longhorn.crd.VolumeAttachmentSpec;
import dev.longhaul.longhorn.crd.VolumeStatus;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.engine.SimulatedEngine;
import dev.longhaul.simulator.fault.Fault;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/**
 * Plays the volume controller: makes what belongs to a volume, moves it along
 * {@link AttachDetachTable}, and reports how it is.
 */
final class VolumeController implements Reconciler {

	private final LonghornParts parts;

	private final LonghornObjects objects;

	private final Admission admission;

	private final EngineProcesses processes;

	private final BackupPlaces places;

	private final VolumeRestore restores;

	private final LostNodes nodes;

	VolumeController(LonghornParts parts) {
		this.parts = parts;
		this.objects = parts.objects();
		this.admission = new Admission(objects, parts.release());
		this.places = new BackupPlaces(parts);
		this.restores = new VolumeRestore(parts);
		this.nodes = new LostNodes(parts);
		this.processes = new EngineProcesses(parts.timing(), parts.clock());
	}

	@Override
	public Next reconcile(String name) throws IOException {
		Optional<Stored<Volume>> found = objects.find(Volume.class, name);
		if (found.isEmpty()) {
			return Next.onChange();
		}
		if (found.get().isDeleting()) {
			delete(found.get());
			return Next.onChange();
		}
		Optional<RestoreSource> source = RestoreSource.of(found.get(), places);
		if (RestoreSource.isNamedBy(found.get()) && source.isEmpty()
				&& !Boolean.TRUE.equals(status(found.get()).getRestoreInitiated())) {
			return refuse(found.get());
		}
		Stored<Volume> volume = admission.volume(found.get(), source);
		ByteSize size = new ByteSize(Long.parseLong(volume.view().getSpec().getSize()));
		SimulatedEngine engine = parts.engines().create(new VolumeName(name), size);
		makeEngine(volume);
		makeAttachment(volume);
		if (nodes.isLost(VolumeController.status(volume).getCurrentNodeID())) {
			return leave(volume, engine);
		}
		boolean waits = restores.step(volume, engine);
		move(volume, engine);
		report(volume, engine);
		objects.writeStatus(Volume.class, volume);
		return (isStable(volume) && !waits) ? Next.onChange() : Next.after(parts.timing().retry());
	}

	/** Nobody hears of the engine any more, and the volume stays where it was. */
	private Next leave(Stored<Volume> volume, SimulatedEngine engine) {
		engine.stop();
		status(volume).setRobustness(Words.UNKNOWN);
		objects.writeStatus(Volume.class, volume);
		return Next.onChange();
	}

	/** The admission check would not have let it in. */
	private Next refuse(Stored<Volume> volume) {
		VolumeConditions.set(status(volume), VolumeRestore.CONDITION, Words.FALSE, "",
				"cannot get the backup and its backup volume of " + volume.view().getSpec().getFromBackup(),
				parts.now());
		objects.writeStatus(Volume.class, volume);
		return Next.after(parts.timing().backupMonitor());
	}

	private void makeEngine(Stored<Volume> volume) {
		if (objects.find(Engine.class, engineName(volume.name())).isPresent()) {
			return;
		}
		Engine engine = new Engine();
		engine.setMetadata(metadata(engineName(volume.name()), volume));
		EngineSpec spec = new EngineSpec();
		spec.setVolumeName(volume.name());
		spec.setVolumeSize(volume.view().getSpec().getSize());
		spec.setDataEngine(volume.view().getSpec().getDataEngine());
		spec.setFrontend(volume.view().getSpec().getFrontend());
		spec.setActive(true);
		engine.setSpec(spec);
		objects.createOnce(Engine.class, engine);
	}

	private void makeAttachment(Stored<Volume> volume) {
		if (isTooEarly(volume) || objects.find(VolumeAttachment.class, volume.name()).isPresent()) {
			return;
		}
		VolumeAttachment attachment = new VolumeAttachment();
		attachment.setMetadata(metadata(volume.name(), volume));
		VolumeAttachmentSpec spec = new VolumeAttachmentSpec();
		spec.setVolume(volume.name());
		attachment.setSpec(spec);
		objects.createOnce(VolumeAttachment.class, attachment);
	}

	private boolean isTooEarly(Stored<Volume> volume) {
		return parts.clock().instant().isBefore(volume.createdAt().plus(parts.timing().attachmentAppears()));
	}

	private static ObjectMeta metadata(String name, Stored<Volume> volume) {
		ObjectMeta metadata = new ObjectMetaBuilder().withName(name)
			.withLabels(Map.of(Words.VOLUME_LABEL, volume.name()))
			.withFinalizers(Words.FINALIZER)
			.build();
		metadata.setOwnerReferences(List.of(Admission.reference(volume)));
		return metadata;
	}

	static String engineName(String volume) {
		return volume + "-e-0";
	}

	private void move(Stored<Volume> volume, SimulatedEngine engine) {
		VolumeStatus status = status(volume);
		String state = Admission.orElse(status.getState(), "");
		AttachDetachTable.Place now = new AttachDetachTable.Place(state,
				Admission.orElse(status.getCurrentNodeID(), ""));
		AttachDetachTable.Place next = AttachDetachTable.next(now,
				Admission.orElse(volume.view().getSpec().getNodeID(), ""), processes.drive(engine, state));
		if (next.state().equals(Words.DETACHING)) {
			engine.stop();
		}
		status.setState(next.state());
		status.setCurrentNodeID(next.node());
	}

	private void report(Stored<Volume> volume, SimulatedEngine engine) {
		VolumeStatus status = status(volume);
		String node = Admission.orElse(status.getCurrentNodeID(), "");
		status.setOwnerID(node.isEmpty() ? ownerOf(status) : node);
		status.setCurrentImage(volume.view().getSpec().getImage());
		if (!VolumeRestore.isUnderWay(volume)) {
			status.setActualSize(engine.actualSize().bytes());
		}
		status.setFrontendDisabled(volume.view().getSpec().getDisableFrontend());
		reportRobustness(volume, engine);
		VolumeConditions.set(status, "Scheduled", Words.TRUE, "", "", parts.now());
		objects.list(BackupVolume.class).stream().filter(found -> isOf(found, volume)).findFirst().ifPresent(found -> {
			if (found.view().getStatus() != null) {
				status.setLastBackup(found.view().getStatus().getLastBackupName());
				status.setLastBackupAt(found.view().getStatus().getLastBackupAt());
			}
		});
	}

	private boolean isOf(Stored<BackupVolume> backupVolume, Stored<Volume> volume) {
		if (!parts.release().hasSeveralTargets()) {
			return backupVolume.name().equals(sourceName(volume));
		}
		return sourceName(volume).equals(backupVolume.view().getSpec().getVolumeName()) && Objects
			.equals(volume.view().getSpec().getBackupTargetName(), backupVolume.view().getSpec().getBackupTargetName());
	}

	/** A standby volume looks at the backups of the one it stands by for. */
	private static String sourceName(Stored<Volume> volume) {
		boolean standby = Boolean.TRUE.equals(status(volume).getIsStandby());
		return standby ? Admission.orElse(volume.label(Words.BACKUP_VOLUME_LABEL), volume.name()) : volume.name();
	}

	private void reportRobustness(Stored<Volume> volume, SimulatedEngine engine) {
		VolumeStatus status = status(volume);
		boolean restoreFailed = VolumeConditions.has(status, VolumeRestore.CONDITION, VolumeRestore.FAILED);
		boolean replicasMissing = engine.restore().filter(restore -> restore.failedReplicas() > 0).isPresent();
		Optional<Robustness> trouble = parts.faults()
			.strike(Fault.ReplicasFail.class, fault -> fault.volume().value().equals(volume.name()))
			.map(Fault.ReplicasFail::robustness);
		if (restoreFailed || trouble.filter(Robustness.FAULTED::equals).isPresent()) {
			status.setRobustness(Words.FAULTED);
		}
		else if (!Words.ATTACHED.equals(status.getState())) {
			status.setRobustness(Words.UNKNOWN);
		}
		else if (replicasMissing || trouble.isPresent()) {
			status.setRobustness(Words.DEGRADED);
			status.setLastDegradedAt(Admission.orElse(status.getLastDegradedAt(), parts.now()));
		}
		else {
			status.setRobustness(Words.HEALTHY);
			status.setLastDegradedAt("");
		}
	}

	/** A volume's snapshots go with it, its backups do not. */
	private void delete(Stored<Volume> volume) throws IOException {
		status(volume).setState(Words.DELETING);
		Stored<Volume> marked = objects.writeStatus(Volume.class, volume);
		objects.list(Snapshot.class, Map.of(Words.VOLUME_LABEL, volume.name()))
			.forEach(snapshot -> objects.delete(Snapshot.class, snapshot.name()));
		objects.find(Engine.class, engineName(volume.name())).ifPresent(engine -> {
			objects.delete(Engine.class, engine.name());
			objects.find(Engine.class, engine.name())
				.ifPresent(left -> objects.release(Engine.class, left, Words.FINALIZER));
		});
		objects.delete(VolumeAttachment.class, volume.name());
		parts.engines().delete(new VolumeName(volume.name()));
		objects.release(Volume.class, marked, Words.FINALIZER);
	}

	/** Somebody is always responsible, also for a volume that never was attached. */
	private String ownerOf(VolumeStatus status) {
		if (status.getOwnerID() != null && !status.getOwnerID().isEmpty()) {
			return status.getOwnerID();
		}
		return objects.list(dev.longhaul.longhorn.crd.Node.class)
			.stream()
			.map(Stored::name)
			.filter(node -> !nodes.isLost(node))
			.sorted()
			.findFirst()
			.orElse("");
	}

	private boolean isStable(Stored<Volume> volume) {
		if (isTooEarly(volume)) {
			return false;
		}
		VolumeStatus status = status(volume);
		String wanted = Admission.orElse(volume.view().getSpec().getNodeID(), "");
		return (Words.ATTACHED.equals(status.getState()) && wanted.equals(status.getCurrentNodeID()))
				|| (Words.DETACHED.equals(status.getState()) && wanted.isEmpty());
	}

	static VolumeStatus status(Stored<Volume> volume) {
		if (volume.view().getStatus() == null) {
			volume.view().setStatus(new VolumeStatus());
		}
		return volume.view().getStatus();
	}

}
