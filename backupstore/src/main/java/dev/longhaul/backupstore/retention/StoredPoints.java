package dev.longhaul.backupstore.retention;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.removal.RemovalWitness;
import dev.longhaul.core.retention.Condition;
import dev.longhaul.core.retention.Inventory;
import dev.longhaul.core.retention.Listing;
import dev.longhaul.core.retention.Retention;
import dev.longhaul.core.retention.StoredPoint;
import dev.longhaul.core.retention.Use;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;

/**
 * The restore points that nights have recorded, as far as the bucket still holds them:
 * whoever works with Longhorn may have deleted backups since. One of which a backup is
 * left and another is not is unfinished; one of which none is left is none, unless
 * something that was exported beside it is.
 */
public final class StoredPoints {

	private final Map<VolumeName, VolumeFolder> folders;

	private final RemovalWitness witness;

	private final ExportArchive archive;

	private final Map<String, ByteSize> exports;

	private final Map<VolumeName, List<Use>> uses = new HashMap<>();

	private StoredPoints(Map<VolumeName, VolumeFolder> folders, RemovalWitness witness, ExportArchive archive) {
		this.folders = folders;
		this.witness = witness;
		this.archive = archive;
		this.exports = archive.sizes();
	}

	/**
	 * Lists the bucket, all of it.
	 * @throws dev.longhaul.core.failure.LonghaulException if that did not succeed to the
	 * end
	 */
	public static StoredPoints list(ObjectStore store, BackupstoreLayout layout, RemovalWitness witness,
			ExportArchive archive) {
		return new StoredPoints(new dev.longhaul.backupstore.inventory.Inventory(store, layout).volumesIfAny()
			.stream()
			.collect(Collectors.toMap(VolumeFolder::volume, Function.identity())), witness, archive);
	}

	/**
	 * What there is of an application.
	 * @param target its URL
	 * @param retention whose pins count
	 * @throws DamagedData if its records contradict each other
	 */
	public Inventory of(ApplicationRecord application, String target, Retention retention) {
		List<StoredPoint> points = application.points()
			.stream()
			.flatMap(point -> stored(point, retention).stream())
			.toList();
		try {
			return new Inventory(application.application(), target, new Listing.InFull(), points);
		}
		catch (IllegalArgumentException ex) {
			throw new DamagedData(FailureCode.MANIFEST_REFUSED,
					"what nights recorded of '%s' contradicts itself: %s".formatted(application.application(),
							ex.getMessage()),
					"'longhaul catalog rebuild' shows the records; find out who wrote them before anything is removed",
					ex);
		}
	}

	private Optional<StoredPoint> stored(ApplicationRecord.Point point, Retention retention) {
		List<VolumeBackup> recorded = point.restorePoint().backups();
		List<VolumeBackup> there = recorded.stream().filter(this::isThere).toList();
		List<StoredExport> exported = point.exports().stream().filter(export -> isThere(point, export)).toList();
		if (there.isEmpty()) {
			return exported.isEmpty() ? Optional.empty() : Optional.of(new StoredPoint(point.night(),
					point.restorePoint(), new Condition.Gone(), retention.pinOf(point.night()), List.of(), exported));
		}
		Condition condition = (there.size() == recorded.size()) ? new Condition.Complete(point.proof())
				: new Condition.Unfinished(missing(recorded));
		return Optional.of(new StoredPoint(point.night(), new RestorePoint(point.restorePoint().application(), there),
				condition, retention.pinOf(point.night()),
				there.stream().flatMap(backup -> uses(backup).stream()).toList(), exported));
	}

	/** One of another size is not the one that was recorded, and nobody's to remove. */
	private boolean isThere(ApplicationRecord.Point point, StoredExport export) {
		ByteSize found = exports.get(archive.key(point.night(), point.restorePoint().application(), export));
		return export.stored().size().equals(found);
	}

	private boolean isThere(VolumeBackup backup) {
		VolumeFolder folder = folders.get(backup.volume());
		return folder != null && folder.find(backup.backup()).isPresent();
	}

	private String missing(List<VolumeBackup> recorded) {
		return recorded.stream()
			.filter(backup -> !isThere(backup))
			.map(backup -> "backup '%s' of volume '%s' was deleted".formatted(backup.backup(), backup.volume()))
			.collect(Collectors.joining(", "));
	}

	/** A volume without a lock is not looked at again. */
	private List<Use> uses(VolumeBackup backup) {
		VolumeFolder folder = folders.get(backup.volume());
		return (folder == null || folder.locks().isEmpty()) ? List.of()
				: uses.computeIfAbsent(backup.volume(), witness::usesOf);
	}

}
