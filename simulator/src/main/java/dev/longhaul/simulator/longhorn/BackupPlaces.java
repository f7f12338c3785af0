package dev.longhaul.simulator.longhorn;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.longhorn.crd.BackupVolume;
import dev.longhaul.longhorn.crd.Snapshot;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Stored;

/**
 * Which volume, target and BackupVolume a backup belongs to; each release of Longhorn
 * says it another way.
 */
final class BackupPlaces {

	private final LonghornObjects objects;

	private final LonghornRelease release;

	private final Clock clock;

	BackupPlaces(LonghornParts parts) {
		this(parts.objects(), parts.release(), parts.clock());
	}

	BackupPlaces(LonghornObjects objects, LonghornRelease release, Clock clock) {
		this.objects = objects;
		this.release = release;
		this.clock = clock;
	}

	/** The source volume as the target names it; empty if nothing says it. */
	String volume(Stored<Backup> backup) {
		String labelled = backup.label(Words.BACKUP_VOLUME_LABEL);
		if (!labelled.isEmpty()) {
			return labelled;
		}
		return objects.find(Snapshot.class, Admission.orElse(backup.view().getSpec().getSnapshotName(), ""))
			.map(snapshot -> Admission.orElse(snapshot.view().getSpec().getVolume(), ""))
			.orElse("");
	}

	Optional<Stored<Backup>> backup(String name) {
		return objects.find(Backup.class, name);
	}

	String targetName(Stored<Backup> backup) {
		return release.hasSeveralTargets()
				? Admission.orElse(backup.label(Words.BACKUP_TARGET_LABEL), Words.DEFAULT_TARGET)
				: Words.DEFAULT_TARGET;
	}

	Optional<Stored<BackupTarget>> target(Stored<Backup> backup) {
		return objects.find(BackupTarget.class, targetName(backup));
	}

	static boolean isAvailable(Stored<BackupTarget> target) {
		return target.view().getStatus() != null && Boolean.TRUE.equals(target.view().getStatus().getAvailable());
	}

	Optional<Stored<BackupVolume>> backupVolume(String target, String volume) {
		if (!release.hasSeveralTargets()) {
			return objects.find(BackupVolume.class, volume);
		}
		return objects
			.list(BackupVolume.class, Map.of(Words.BACKUP_TARGET_LABEL, target, Words.BACKUP_VOLUME_LABEL, volume))
			.stream()
			.findFirst();
	}

	/** Asks for the target to be read again: that of the volume, or all of it. */
	void requestSync(String target, String volume) {
		Optional<Stored<BackupVolume>> backupVolume = backupVolume(target, volume);
		if (backupVolume.isPresent()) {
			requestSync(backupVolume.get());
			return;
		}
		objects.find(BackupTarget.class, target).ifPresent(found -> {
			String done = (found.view().getStatus() != null) ? found.view().getStatus().getLastSyncedAt() : null;
			found.view().getSpec().setSyncRequestedAt(Times.requestAfter(done, clock));
			objects.write(BackupTarget.class, found);
		});
	}

	void requestSync(Stored<BackupVolume> backupVolume) {
		String done = (backupVolume.view().getStatus() != null) ? backupVolume.view().getStatus().getLastSyncedAt()
				: null;
		backupVolume.view().getSpec().setSyncRequestedAt(Times.requestAfter(done, clock));
		objects.write(BackupVolume.class, backupVolume);
	}

}
