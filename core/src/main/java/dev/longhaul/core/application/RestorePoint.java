package dev.longhaul.core.application;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import dev.longhaul.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One consistent set of backups of one application: the unit that is verified, kept and
 * restored.
 *
 * @param declared the application in the words of its definition, its profile among them;
 * null if nothing but claims was declared
 * @param quiet null if it was not made quiet
 * @param backups one per volume of the application, at least one
 */
public record RestorePoint(ApplicationName application, @Nullable JsonObject declared, @Nullable QuietWindow quiet,
		List<VolumeBackup> backups) {

	public RestorePoint {
		backups = List.copyOf(backups);
		if (backups.isEmpty()) {
			throw new IllegalArgumentException("a restore point of '" + application + "' needs a backup");
		}
	}

	/** One of which nothing is known but its backups. */
	public RestorePoint(ApplicationName application, List<VolumeBackup> backups) {
		this(application, null, null, backups);
	}

	/** About as many bytes as the objects that are kept in it take as text. */
	public long objectSize() {
		long claims = backups.stream()
			.map(VolumeBackup::original)
			.mapToLong(original -> (original != null) ? original.objects().size() : 0)
			.sum();
		return claims + ((declared != null) ? declared.size() : 0);
	}

	/** The same without what the cluster had of its claims. */
	public RestorePoint withoutObjects(String why) {
		return new RestorePoint(application, declared, quiet,
				backups.stream().map(backup -> backup.withoutObjects(why)).toList());
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
