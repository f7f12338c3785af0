package dev.longhaul.simulator.longhorn;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.write.BackupMode;
import dev.longhaul.backupstore.write.BackupOrder;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.longhorn.crd.Snapshot;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.engine.BackupStatus;
import dev.longhaul.simulator.engine.EngineUnreachable;
import dev.longhaul.simulator.engine.SimulatedEngine;

/**
 * Makes a backup: gets the volume attached, has its engine upload the snapshot, and
 * follows that to its end.
 */
final class BackupMaking {

	/** So often a backup waits for its engine or its snapshot before it has failed. */
	private static final int MAX_ATTEMPTS = 5;

	private final LonghornParts parts;

	private final LonghornObjects objects;

	private final BackupPlaces places;

	private final Tickets tickets;

	private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

	BackupMaking(LonghornParts parts, BackupPlaces places, Tickets tickets) {
		this.parts = parts;
		this.objects = parts.objects();
		this.places = places;
		this.tickets = tickets;
	}

	String ticket(Stored<Backup> backup) {
		return Tickets.id(Tickets.BACKUP_CONTROLLER, backup.name());
	}

	/** One step. */
	Next make(Stored<Backup> backup) throws IOException {
		String volumeName = places.volume(backup);
		Optional<Stored<Volume>> volume = volumeName.isEmpty() ? Optional.empty()
				: objects.find(Volume.class, volumeName).filter(found -> !found.isDeleting());
		if (volume.isEmpty()) {
			return fail(backup,
					"cannot find the corresponding volume: volume.longhorn.io \"%s\" not found".formatted(volumeName));
		}
		Optional<SimulatedEngine> engine = parts.engines().find(new VolumeName(volumeName));
		boolean started = Words.Backups.IN_PROGRESS.equals(BackupController.status(backup).getState())
				|| engine.filter(found -> found.knowsBackup(new BackupName(backup.name()))).isPresent();
		if (started && engine.isPresent()) {
			return follow(backup, engine.get());
		}
		return prepare(backup, volume.get(), engine);
	}

	private Next prepare(Stored<Backup> backup, Stored<Volume> volume, Optional<SimulatedEngine> engine)
			throws IOException {
		dev.longhaul.longhorn.crd.BackupStatus status = BackupController.status(backup);
		Optional<Stored<BackupTarget>> target = places.target(backup);
		if (target.isEmpty()) {
			return fail(backup, "backuptarget.longhorn.io \"%s\" not found".formatted(places.targetName(backup)));
		}
		tickets.put(volume.name(), Tickets.BACKUP_CONTROLLER, ticket(backup),
				Admission.orElse(VolumeController.status(volume).getOwnerID(), ""), "any");
		describe(backup, volume);
		if (!tickets.isSatisfied(volume.name(), ticket(backup))) {
			objects.writeStatus(Backup.class, backup);
			return Next.after(parts.timing().retry());
		}
		if (engine.isEmpty() || !engine.get().isRunning()) {
			return waitFor(backup,
					"Waiting for the engine %s to be ready".formatted(VolumeController.engineName(volume.name())));
		}
		Optional<Stored<Snapshot>> snapshot = objects.find(Snapshot.class, backup.view().getSpec().getSnapshotName());
		if (snapshot.isEmpty() || !isReady(snapshot.get())) {
			return waitFor(backup,
					"Waiting for the snapshot %s to be ready".formatted(backup.view().getSpec().getSnapshotName()));
		}
		Optional<String> deleted = deletedMeanwhile(backup, volume);
		if (deleted.isPresent()) {
			status.setState(Words.Backups.PENDING);
			status.setMessages(Map.of("info", "Wait for backup %s to be deleted".formatted(deleted.get())));
			objects.writeStatus(Backup.class, backup);
			return Next.after(parts.timing().backupMonitor());
		}
		return start(backup, volume, engine.get(), target.get());
	}

	/** Replaced by what the manifest says when the backup is done. */
	private void describe(Stored<Backup> backup, Stored<Volume> volume) {
		dev.longhaul.longhorn.crd.BackupStatus status = BackupController.status(backup);
		if (!Admission.orElse(status.getSnapshotCreatedAt(), "").isEmpty()) {
			return;
		}
		status.setOwnerID(VolumeController.status(volume).getOwnerID());
		status.setSnapshotName(backup.view().getSpec().getSnapshotName());
		status.setVolumeName(volume.name());
		status.setVolumeSize(volume.view().getSpec().getSize());
		if (parts.release().hasSeveralTargets()) {
			status.setBackupTargetName(places.targetName(backup));
		}
		objects.find(Snapshot.class, backup.view().getSpec().getSnapshotName())
			.filter(snapshot -> snapshot.view().getStatus() != null)
			.ifPresent(snapshot -> status.setSnapshotCreatedAt(snapshot.view().getStatus().getCreationTime()));
	}

	private Optional<String> deletedMeanwhile(Stored<Backup> backup, Stored<Volume> volume) {
		return objects.list(Backup.class, Map.of(Words.BACKUP_VOLUME_LABEL, volume.name()))
			.stream()
			.filter(other -> places.targetName(other).equals(places.targetName(backup)))
			.filter(other -> Words.Backups.DELETING.equals(BackupController.status(other).getState()))
			.map(Stored::name)
			.findFirst();
	}

	private Next start(Stored<Backup> backup, Stored<Volume> volume, SimulatedEngine engine,
			Stored<BackupTarget> target) throws IOException {
		try {
			engine.startBackup(order(backup, volume), new SnapshotName(backup.view().getSpec().getSnapshotName()),
					parts.targets().open(target));
		}
		catch (EngineUnreachable ex) {
			return waitFor(backup, String.valueOf(ex.getMessage()));
		}
		catch (LonghaulException ex) {
			return fail(backup, ex.fact());
		}
		attempts.remove(backup.name());
		return follow(backup, engine);
	}

	private BackupOrder order(Stored<Backup> backup, Stored<Volume> volume) {
		boolean full = "full".equals(backup.view().getSpec().getBackupMode());
		boolean large = "16777216".equals(backup.view().getSpec().getBackupBlockSize());
		Map<String, String> labels = new HashMap<>(
				Objects.requireNonNullElse(backup.view().getSpec().getLabels(), Map.of()));
		new RecurringJobs(objects).infoOf(volume).ifPresent(info -> labels.put(RecurringJobs.INFO_LABEL, info));
		return new BackupOrder(new VolumeName(volume.name()), new BackupName(backup.name()),
				full ? BackupMode.FULL : BackupMode.INCREMENTAL, large ? BlockSize.MIB_16 : BlockSize.MIB_2,
				compression(volume), labels, storageClass(volume),
				parts.settings().number("backup-concurrent-limit", 2));
	}

	private static CompressionMethod compression(Stored<Volume> volume) {
		return switch (Admission.orElse(volume.view().getSpec().getBackupCompressionMethod(), "lz4")) {
			case "gzip" -> CompressionMethod.GZIP;
			case "none" -> CompressionMethod.NONE;
			default -> CompressionMethod.LZ4;
		};
	}

	private String storageClass(Stored<Volume> volume) {
		dev.longhaul.longhorn.crd.volumestatus.KubernetesStatus kubernetes = VolumeController.status(volume)
			.getKubernetesStatus();
		if (kubernetes == null || !"Bound".equals(kubernetes.getPvStatus())) {
			return "";
		}
		return Optional.ofNullable(objects.client().persistentVolumes().withName(kubernetes.getPvName()).get())
			.map(volumeObject -> Admission.orElse(volumeObject.getSpec().getStorageClassName(), ""))
			.orElse("");
	}

	private Next follow(Stored<Backup> backup, SimulatedEngine engine) {
		BackupName name = new BackupName(backup.name());
		dev.longhaul.longhorn.crd.BackupStatus status = BackupController.status(backup);
		try {
			BackupStatus report = engine.backup(name);
			status.setMessages(null);
			status.setError("");
			status.setProgress((long) report.progress());
			status.setReplicaAddress("tcp://127.0.0.1:10000");
			if (report.state() == BackupStatus.State.ERROR) {
				engine.forget(name);
				return fail(backup, report.error());
			}
			boolean complete = report.state() == BackupStatus.State.COMPLETE;
			status.setState(complete ? Words.Backups.COMPLETED : Words.Backups.IN_PROGRESS);
			status.setUrl(report.url());
		}
		catch (EngineUnreachable ex) {
			engine.forget(name);
			return fail(backup, String.valueOf(ex.getMessage()));
		}
		objects.writeStatus(Backup.class, backup);
		return Next.after(parts.timing().backupMonitor());
	}

	private Next waitFor(Stored<Backup> backup, String message) {
		if (attempts.merge(backup.name(), 1, Integer::sum) > MAX_ATTEMPTS) {
			return fail(backup, message);
		}
		dev.longhaul.longhorn.crd.BackupStatus status = BackupController.status(backup);
		status.setState(Words.Backups.PENDING);
		status.setMessages(Map.of("info", message));
		objects.writeStatus(Backup.class, backup);
		return Next.after(parts.timing().backupMonitor());
	}

	private Next fail(Stored<Backup> backup, String error) {
		attempts.remove(backup.name());
		dev.longhaul.longhorn.crd.BackupStatus status = BackupController.status(backup);
		status.setState(Words.Backups.ERROR);
		status.setError(error);
		status.setLastSyncedAt(parts.now());
		objects.writeStatus(Backup.class, backup);
		return Next.onChange();
	}

	private static boolean isReady(Stored<Snapshot> snapshot) {
		return snapshot.view().getStatus() != null && Boolean.TRUE.equals(snapshot.view().getStatus().getReadyToUse());
	}

}
