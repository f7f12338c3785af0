package dev.longhaul.core.application;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * One consistent set of backups of one application: the unit that is verified, kept and
 * restored.
 *
 * @param backups one per volume of the application, at least one
 */
public record RestorePoint(ApplicationName application, List<VolumeBackup> backups) {

	public RestorePoint {
		backups = List.copyOf(backups);
		if (backups.isEmpty()) {
			throw new IllegalArgumentException("a restore point of '" + application + "' needs a backup");
		}
	}

	/** The time of the data: that of the oldest of its snapshots. */
	public Instant takenAt() {
		return backups.stream().map(VolumeBackup::snapshotAt).min(Comparator.naturalOrder()).orElseThrow();
	}

	/** How far apart in time its snapshots are. */
	public Duration spread() {
		Instant newest = backups.stream().map(VolumeBackup::snapshotAt).max(Comparator.naturalOrder()).orElseThrow();
		return Duration.between(takenAt(), newest);
	}

}
