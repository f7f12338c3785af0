package dev.longhaul.simulator.longhorn;

import java.io.IOException;
import java.util.ArrayList;
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
import dev.longhaul.longhorn.crd.volumestatus.Conditions;
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

	VolumeController(LonghornParts parts) {
		this.parts = parts;
		this.objects = parts.objects();
		this.admission = new Admission(objects, parts.release());
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
		Stored<Volume> volume = admission.volume(found.get());
		ByteSize size = new ByteSize(Long.parseLong(volume.view().getSpec().getSize()));
		SimulatedEngine engine = parts.engines().create(new VolumeName(name), size);
		makeEngine(volume);
		makeAttachment(volume);
		move(volume, engine);
		report(volume, engine);
		objects.writeStatus(Volume.class, volume);
		return isStable(volume) ? Next.onChange() : Next.after(parts.timing().retry());
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
		status.setActualSize(engine.actualSize().bytes());
		status.setFrontendDisabled(volume.view().getSpec().getDisableFrontend());
		reportRobustness(volume, status);
		condition(status, "Scheduled", Words.TRUE, "", "");
		objects.list(BackupVolume.class).stream().filter(found -> isOf(found, volume)).findFirst().ifPresent(found -> {
			if (found.view().getStatus() != null) {
				status.setLastBackup(found.view().getStatus().getLastBackupName());
				status.setLastBackupAt(found.view().getStatus().getLastBackupAt());
			}
		});
	}

	private boolean isOf(Stored<BackupVolume> backupVolume, Stored<Volume> volume) {
		if (!parts.release().hasSeveralTargets()) {
			return backupVolume.name().equals(volume.name());
		}
		return volume.name().equals(backupVolume.view().getSpec().getVolumeName()) && Objects
			.equals(volume.view().getSpec().getBackupTargetName(), backupVolume.view().getSpec().getBackupTargetName());
	}

	private void reportRobustness(Stored<Volume> volume, VolumeStatus status) {
		Optional<Robustness> trouble = parts.faults()
			.strike(Fault.ReplicasFail.class, fault -> fault.volume().value().equals(volume.name()))
			.map(Fault.ReplicasFail::robustness);
		if (trouble.filter(Robustness.FAULTED::equals).isPresent()) {
			status.setRobustness(Words.FAULTED);
		}
		else if (!Words.ATTACHED.equals(status.getState())) {
			status.setRobustness(Words.UNKNOWN);
		}
		else if (trouble.isPresent()) {
			status.setRobustness(Words.DEGRADED);
			status.setLastDegradedAt(Admission.orElse(status.getLastDegradedAt(), parts.now()));
		}
		else {
			status.setRobustness(Words.HEALTHY);
			status.setLastDegradedAt("");
		}
	}

	private void condition(VolumeStatus status, String type, String value, String reason, String message) {
		List<Conditions> conditions = new ArrayList<>(Objects.requireNonNullElse(status.getConditions(), List.of()));
		Conditions condition = conditions.stream()
			.filter(each -> type.equals(each.getType()))
			.findFirst()
			.orElseGet(Conditions::new);
		if (!conditions.contains(condition)) {
			conditions.add(condition);
		}
		if (!value.equals(condition.getStatus())) {
			condition.setLastTransitionTime(parts.now());
		}
		condition.setType(type);
		condition.setStatus(value);
		condition.setReason(reason);
		condition.setMessage(message);
		condition.setLastProbeTime("");
		status.setConditions(conditions);
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
