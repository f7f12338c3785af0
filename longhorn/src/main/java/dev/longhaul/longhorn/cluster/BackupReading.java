package dev.longhaul.longhorn.cluster;

import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.backup.BackupState;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.BackupSpec;
import dev.longhaul.longhorn.crd.BackupStatus;
import org.jspecify.annotations.Nullable;

/**
 * Longhorn's Backup objects, read.
 */
final class BackupReading {

	private BackupReading() {
	}

	/**
	 * @throws IllegalArgumentException if the object names no backup, or no volume by its
	 * label or its status, or a snapshot no snapshot can have
	 */
	static Backup read(dev.longhaul.longhorn.crd.Backup wire) {
		BackupName name = new BackupName(Wire.name(wire));
		BackupSpec spec = (wire.getSpec() != null) ? wire.getSpec() : new BackupSpec();
		BackupStatus status = (wire.getStatus() != null) ? wire.getStatus() : new BackupStatus();
		String volume = Wire.either(Wire.label(wire, LonghornVolumeCluster.VOLUME_LABEL), status.getVolumeName());
		String target = Wire.either(Wire.label(wire, LonghornVolumeCluster.TARGET_LABEL),
				Wire.either(status.getBackupTargetName(), LonghornVolumeCluster.DEFAULT_TARGET));
		String snapshot = Wire.text(spec.getSnapshotName());
		return new Backup(name, new VolumeName(volume), target, snapshot.isEmpty() ? null : new SnapshotName(snapshot),
				state(wire, status), percent(status.getProgress()), Wire.sizeOrZero(status.getSize()),
				Wire.sizeOrZero(status.getNewlyUploadDataSize()).plus(Wire.sizeOrZero(status.getReUploadedDataSize())),
				ServerText.oneLine(error(status)), Wire.text(status.getUrl()), Wire.instant(status.getLastSyncedAt()),
				Wire.merge(spec.getLabels(), status.getLabels()));
	}

	/** A deletion that failed says why among the messages. */
	private static String error(BackupStatus status) {
		String error = Wire.text(status.getError());
		return (error.isEmpty() && status.getMessages() != null) ? Wire.text(status.getMessages().get("error")) : error;
	}

	/** A backup being deleted is no backup any more, whatever its last word was. */
	private static BackupState state(dev.longhaul.longhorn.crd.Backup wire, BackupStatus status) {
		if (Wire.isBeingDeleted(wire)) {
			return BackupState.DELETING;
		}
		return switch (Wire.text(status.getState())) {
			case "" -> BackupState.NEW;
			case "Pending" -> BackupState.PENDING;
			case "InProgress" -> BackupState.IN_PROGRESS;
			case "Completed" -> BackupState.COMPLETED;
			case "Error" -> BackupState.ERROR;
			case "Deleting" -> BackupState.DELETING;
			default -> BackupState.UNKNOWN;
		};
	}

	private static int percent(@Nullable Long progress) {
		return (progress != null) ? (int) Math.max(0, Math.min(100, progress)) : 0;
	}

}
