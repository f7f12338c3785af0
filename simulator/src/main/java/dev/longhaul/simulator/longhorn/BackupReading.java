package dev.longhaul.simulator.longhorn;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupStatus;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.longhorn.crd.Snapshot;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.engine.Target;

/**
 * Reads a backup that is done from the target into its object.
 */
final class BackupReading {

	private final LonghornParts parts;

	private final LonghornObjects objects;

	private final BackupPlaces places;

	BackupReading(LonghornParts parts, BackupPlaces places) {
		this.parts = parts;
		this.objects = parts.objects();
		this.places = places;
	}

	/** Whether the object does not show yet what the target holds. */
	boolean isDue(Stored<Backup> backup) {
		BackupStatus status = BackupController.status(backup);
		String state = Admission.orElse(status.getState(), "");
		if (!state.equals(Words.Backups.COMPLETED) && !state.equals(Words.Backups.NEW)) {
			return false;
		}
		return Times.isRequested(backup.view().getSpec().getSyncRequestedAt(), status.getLastSyncedAt());
	}

	/**
	 * Reads it, unless it is not finished: one that is made here is looked for again, one
	 * that is made by another cluster with the next request.
	 */
	Next read(Stored<Backup> backup) {
		Optional<Stored<BackupTarget>> target = places.target(backup);
		if (target.isEmpty()) {
			return Next.onChange();
		}
		try {
			Target open = parts.targets().open(target.get());
			TargetFiles files = new TargetFiles(open);
			VolumeName volume = new VolumeName(places.volume(backup));
			Optional<BackupManifest> manifest = files.manifest(volume, new BackupName(backup.name()))
				.filter(BackupManifest::isFinished);
			Optional<VolumeConfig> config = files.config(volume);
			boolean madeHere = BackupController.isMadeHere(backup);
			if (manifest.isEmpty() || config.isEmpty()) {
				return madeHere ? Next.after(parts.timing().backupMonitor()) : Next.onChange();
			}
			boolean first = BackupController.status(backup).getLastSyncedAt() == null;
			fill(backup, open, manifest.get(), config.get());
			objects.writeStatus(Backup.class, backup);
			if (first && madeHere) {
				finish(backup);
			}
			return Next.onChange();
		}
		catch (LonghaulException ex) {
			return Next.after(parts.timing().backupMonitor());
		}
		catch (MalformedException ex) {
			BackupController.status(backup).setMessages(Map.of("error", String.valueOf(ex.getMessage())));
			objects.writeStatus(Backup.class, backup);
			return Next.onChange();
		}
	}

	private void fill(Stored<Backup> backup, Target target, BackupManifest manifest, VolumeConfig config) {
		BackupStatus status = BackupController.status(backup);
		Map<String, String> labels = new HashMap<>(manifest.labels());
		labels.remove(RecurringJobs.INFO_LABEL);
		status.setState(Words.Backups.COMPLETED);
		status.setProgress(100L);
		status.setUrl(target.url() + "?backup=" + manifest.name() + "&volume=" + manifest.volume());
		status.setSnapshotName(manifest.snapshot());
		status.setSnapshotCreatedAt(
				(manifest.snapshotCreatedAt() != null) ? Times.text(manifest.snapshotCreatedAt()) : "");
		status.setBackupCreatedAt((manifest.createdAt() != null) ? Times.text(manifest.createdAt()) : "");
		status.setSize(Long.toString(manifest.size().bytes()));
		status.setLabels(labels);
		status.setMessages(null);
		status.setVolumeName(manifest.volume().value());
		status.setVolumeSize(Long.toString(config.size().bytes()));
		status.setVolumeCreated((config.createdAt() != null) ? Times.text(config.createdAt()) : "");
		status.setVolumeBackingImageName(config.backingImage());
		status.setCompressionMethod(manifest.compression().word());
		if (parts.release().hasBackupModes()) {
			status.setNewlyUploadDataSize(Long.toString(manifest.uploaded().bytes()));
			status.setReUploadedDataSize("0");
		}
		if (parts.release().hasSeveralTargets()) {
			status.setBackupTargetName(target.name());
		}
		status.setLastSyncedAt(Times.doneAfter(backup.view().getSpec().getSyncRequestedAt(), parts.clock()));
	}

	/** The first time that a backup made here is known to be done. */
	private void finish(Stored<Backup> backup) {
		String volume = places.volume(backup);
		parts.engines().find(new VolumeName(volume)).ifPresent(engine -> engine.forget(new BackupName(backup.name())));
		places.requestSync(places.targetName(backup), volume);
		if (parts.settings().isOn("auto-cleanup-snapshot-after-on-demand-backup-completed")) {
			objects.delete(Snapshot.class, backup.view().getSpec().getSnapshotName());
		}
	}

}
