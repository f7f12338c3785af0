package dev.longhaul.core.extra;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.retention.Pin;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.ApplicationRecord.Point;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Proof;

/**
 * The backups of a mirror that stay because of the restore point they belong to.
 */
public final class KeptBackups {

	private KeptBackups() {
	}

	/** What somebody pinned. */
	@FunctionalInterface
	public interface Pins {

		/**
		 * Empty if nobody pinned what that night made.
		 * @throws dev.longhaul.core.failure.LonghaulException if that cannot be read now
		 */
		Optional<Pin> of(ApplicationName application, Night night);

	}

	/**
	 * Why backups stay: of each application its newest proven restore point of which the
	 * mirror has all backups, and those that are pinned.
	 */
	public static Map<StoredBackup, String> of(Collection<ApplicationRecord> applications, BothSides sides, Pins pins) {
		Map<StoredBackup, String> kept = new TreeMap<>();
		for (ApplicationRecord application : applications) {
			for (Point point : application.points()) {
				pins.of(application.application(), point.night())
					.ifPresent(pin -> keep(kept, point.restorePoint(), "pinned: " + pin.reason()));
			}
			newestProven(application, sides).ifPresent(point -> keep(kept, point.restorePoint(),
					"of the newest proven restore point of %s that is whole here, %s"
						.formatted(application.application(), point.night())));
		}
		return kept;
	}

	private static Optional<Point> newestProven(ApplicationRecord application, BothSides sides) {
		return application.points()
			.stream()
			.filter(point -> point.proof() instanceof Proof.Proven)
			.filter(point -> isWhole(point.restorePoint(), sides))
			.max(Comparator.comparing(point -> point.restorePoint().takenAt()));
	}

	private static boolean isWhole(RestorePoint point, BothSides sides) {
		return point.backups()
			.stream()
			.allMatch(backup -> sides.destination().getOrDefault(backup.volume(), Set.of()).contains(backup.backup()));
	}

	private static void keep(Map<StoredBackup, String> kept, RestorePoint point, String reason) {
		point.backups().forEach(backup -> kept.putIfAbsent(new StoredBackup(backup.volume(), backup.backup()), reason));
	}

}
