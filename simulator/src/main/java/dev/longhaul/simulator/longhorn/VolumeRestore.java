package dev.longhaul.simulator.longhorn;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.longhorn.crd.BackupVolumeStatus;
import dev.longhaul.longhorn.crd.Engine;
import dev.longhaul.longhorn.crd.EngineStatus;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.VolumeStatus;
import dev.longhaul.longhorn.crd.volumestatus.KubernetesStatus;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.engine.EngineUnreachable;
import dev.longhaul.simulator.engine.RestoreOrder;
import dev.longhaul.simulator.engine.RestoreStatus;
import dev.longhaul.simulator.engine.SimulatedEngine;
import dev.longhaul.simulator.fault.Fault;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Plays the restore controller: has a new volume attached without a frontend, its engine
 * restore, and the volume detached again. A standby volume stays attached and follows the
 * newest backup until it is activated.
 */
final class VolumeRestore {

	static final String CONDITION = "Restore";

	static final String FAILED = "RestoreFailure";

	private static final String STATUS_LABEL = "KubernetesStatus";

	private final LonghornParts parts;

	private final LonghornObjects objects;

	private final BackupPlaces places;

	private final Tickets tickets;

	VolumeRestore(LonghornParts parts) {
		this.parts = parts;
		this.objects = parts.objects();
		this.places = new BackupPlaces(parts);
		this.tickets = new Tickets(objects);
	}

	/** Whether a volume is not usable yet. */
	static boolean isUnderWay(Stored<Volume> volume) {
		return Boolean.TRUE.equals(VolumeController.status(volume).getRestoreRequired())
				&& !VolumeConditions.has(VolumeController.status(volume), CONDITION, FAILED);
	}

	/**
	 * One step.
	 * @return whether it has to be called again soon
	 */
	boolean step(Stored<Volume> volume, SimulatedEngine engine) {
		Optional<RestoreSource> source = RestoreSource.of(volume, places);
		VolumeStatus status = VolumeController.status(volume);
		if (source.isEmpty()) {
			return isUnderWay(volume);
		}
		if (!Boolean.TRUE.equals(status.getRestoreInitiated())) {
			begin(volume, source.get());
		}
		if (!isUnderWay(volume)) {
			tickets.remove(volume.name(), ticket(volume));
			return false;
		}
		BackupName wanted = wanted(volume, source.get());
		request(volume, source.get(), wanted);
		boolean asked = tickets.put(volume.name(), Tickets.RESTORE_CONTROLLER, ticket(volume),
				Admission.orElse(status.getOwnerID(), ""), "true");
		if (!asked || !Words.ATTACHED.equals(status.getState()) || !engine.isRunning()) {
			return true;
		}
		Optional<RestoreStatus> restore = engine.restore()
			.filter(found -> found.order().backup().equals(wanted) || found.state() == RestoreStatus.State.IN_PROGRESS);
		if (restore.isEmpty()) {
			return start(volume, engine, source.get(), wanted);
		}
		if (!isWrittenDown(volume, restore.get())) {
			return true;
		}
		follow(volume, restore.get(), source.get());
		return false;
	}

	/**
	 * Longhorn's controller knows of an end only what stands in the Engine, and the end
	 * stops the engine: what is not written there by then never will be.
	 */
	private boolean isWrittenDown(Stored<Volume> volume, RestoreStatus restore) {
		Optional<EngineStatus> written = objects.find(Engine.class, VolumeController.engineName(volume.name()))
			.map(engine -> engine.view().getStatus());
		return switch (restore.state()) {
			case IN_PROGRESS -> true;
			case COMPLETE ->
				written.filter(status -> restore.order().backup().value().equals(status.getLastRestoredBackup()))
					.isPresent();
			case ERROR -> written.map(EngineStatus::getRestoreStatus)
				.filter(replicas -> !replicas.isEmpty())
				.filter(replicas -> replicas.values().stream().allMatch(replica -> "error".equals(replica.getState())))
				.isPresent();
		};
	}

	/** As soon as the volume is there. */
	private void begin(Stored<Volume> volume, RestoreSource source) {
		VolumeStatus status = VolumeController.status(volume);
		status.setRestoreInitiated(true);
		status.setRestoreRequired(true);
		status.setIsStandby(isStandby(volume));
		status.setActualSize(Long.parseLong(Admission.orElse(BackupController.status(source.backup()).getSize(), "0")));
		String recorded = Objects
			.requireNonNullElse(BackupController.status(source.backup()).getLabels(), Map.<String, String>of())
			.getOrDefault(STATUS_LABEL, "");
		if (!recorded.isEmpty()) {
			status.setKubernetesStatus(remembered(recorded, source));
		}
	}

	/** Who used the volume that was backed up; nobody uses this one. */
	private KubernetesStatus remembered(String recorded, RestoreSource source) {
		KubernetesSerialization serialization = objects.client().getKubernetesSerialization();
		KubernetesStatus status = serialization.unmarshal(recorded, KubernetesStatus.class);
		String since = Admission.orElse(BackupController.status(source.backup()).getSnapshotCreatedAt(), "");
		status.setPvName("");
		status.setPvStatus("");
		status.setLastPVCRefAt(Admission.orElse(status.getLastPVCRefAt(), since));
		status.setLastPodRefAt(Admission.orElse(status.getLastPodRefAt(), since));
		return status;
	}

	/** A standby volume, and one just activated, wants the newest. */
	private static BackupName wanted(Stored<Volume> volume, RestoreSource source) {
		BackupVolumeStatus status = source.backupVolume().view().getStatus();
		String newest = (status != null) ? Admission.orElse(status.getLastBackupName(), "") : "";
		boolean follows = Boolean.TRUE.equals(VolumeController.status(volume).getIsStandby()) && !newest.isEmpty();
		return follows ? new BackupName(newest) : source.backupName();
	}

	private void request(Stored<Volume> volume, RestoreSource source, BackupName wanted) {
		objects.find(Engine.class, VolumeController.engineName(volume.name())).ifPresent(engine -> {
			engine.view()
				.getSpec()
				.setBackupVolume(
						parts.release().hasSeveralTargets() ? source.backupVolume().name() : source.volume().value());
			engine.view().getSpec().setRequestedBackupRestore(wanted.value());
			objects.write(Engine.class, engine);
		});
	}

	private boolean start(Stored<Volume> volume, SimulatedEngine engine, RestoreSource source, BackupName wanted) {
		Optional<Stored<BackupTarget>> target = places.target(source.backup());
		boolean mayStart = isStandby(volume)
				|| parts.settings().number("concurrent-volume-backup-restore-per-node-limit", 5) > 0;
		if (target.isEmpty() || !mayStart) {
			return true;
		}
		VolumeStatus status = VolumeController.status(volume);
		VolumeConditions.set(status, CONDITION, Words.TRUE, "RestoreInProgress", "", parts.now());
		if (parts.faults()
			.strike(Fault.NodeLostInRestore.class, fault -> fault.volume().value().equals(volume.name()))
			.isPresent()) {
			parts.faults().inject(new Fault.NodeLost(Admission.orElse(status.getCurrentNodeID(), "")));
			return true;
		}
		try {
			engine.startRestore(
					new RestoreOrder(source.volume(), wanted,
							Math.toIntExact(volume.view().getSpec().getNumberOfReplicas())),
					parts.targets().open(target.get()));
			return false;
		}
		catch (EngineUnreachable | LonghaulException ex) {
			return true;
		}
	}

	private void follow(Stored<Volume> volume, RestoreStatus restore, RestoreSource source) {
		VolumeStatus status = VolumeController.status(volume);
		if (restore.state() == RestoreStatus.State.ERROR) {
			VolumeConditions.set(status, CONDITION, Words.FALSE, FAILED,
					"All replica restore failed and the volume became Faulted", parts.now());
		}
		else if (restore.state() == RestoreStatus.State.COMPLETE && !isStandby(volume)
				&& hasTheNewest(status, restore, source) && (restore.failedReplicas() == 0 || mayBeDegraded())) {
			VolumeConditions.set(status, CONDITION, Words.FALSE, "", "", parts.now());
			status.setRestoreRequired(false);
			status.setIsStandby(false);
		}
	}

	/** Of one that stood by until now, and looks for what came meanwhile. */
	private static boolean hasTheNewest(VolumeStatus status, RestoreStatus restore, RestoreSource source) {
		if (!Boolean.TRUE.equals(status.getIsStandby())) {
			return true;
		}
		BackupVolumeStatus backups = source.backupVolume().view().getStatus();
		return backups != null
				&& !Times.isRequested(source.backupVolume().view().getSpec().getSyncRequestedAt(),
						backups.getLastSyncedAt())
				&& restore.order().backup().value().equals(backups.getLastBackupName());
	}

	private boolean mayBeDegraded() {
		return Boolean.parseBoolean(parts.settings().text("allow-volume-creation-with-degraded-availability", "true"));
	}

	private static boolean isStandby(Stored<Volume> volume) {
		return Boolean.TRUE.equals(volume.view().getSpec().getStandby());
	}

	private static String ticket(Stored<Volume> volume) {
		return Tickets.id(Tickets.RESTORE_CONTROLLER, volume.name());
	}

}
