package dev.longhaul.core.retention;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.text.Printable;

/**
 * The restore points of one application on one target, as they were found.
 *
 * @param target its URL, on one line
 * @param points newest first, each of another night and with backups of its own
 */
public record Inventory(ApplicationName application, String target, Listing listing, List<StoredPoint> points) {

	public Inventory {
		points = points.stream().sorted(StoredPoint.NEWEST_FIRST).toList();
		if (target.isBlank() || !Printable.of(target).equals(target)) {
			throw new IllegalArgumentException("'" + Printable.of(target) + "' is not the URL of a target");
		}
		requireOf(application, points);
		requireDistinct(points);
	}

	private static void requireOf(ApplicationName application, List<StoredPoint> points) {
		for (StoredPoint point : points) {
			ApplicationName owner = point.restorePoint().application();
			if (!owner.equals(application)) {
				throw new IllegalArgumentException("the restore point of %s is one of '%s', not of '%s'"
					.formatted(point.night(), owner, application));
			}
		}
	}

	/** Removing one restore point must not take a backup out of another. */
	private static void requireDistinct(List<StoredPoint> points) {
		Set<Night> nights = new HashSet<>();
		Set<String> backups = new HashSet<>();
		for (StoredPoint point : points) {
			if (!nights.add(point.night())) {
				throw new IllegalArgumentException("there are two restore points of " + point.night());
			}
			for (VolumeBackup backup : point.restorePoint().backups()) {
				if (!backups.add(backup.volume() + "/" + backup.backup())) {
					throw new IllegalArgumentException("backup '%s' of volume '%s' is in two restore points"
						.formatted(backup.backup(), backup.volume()));
				}
			}
		}
	}

}
