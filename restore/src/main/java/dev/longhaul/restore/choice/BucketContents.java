package dev.longhaul.restore.choice;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.inventory.Catalogue;
import dev.longhaul.backupstore.inventory.CataloguedBackup;
import dev.longhaul.backupstore.inventory.CataloguedVolume;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;

/**
 * All that a bucket says of itself, without any of the data.
 *
 * @param recorded what nights and later runs have written beside Longhorn's own data
 * @param volumes what Longhorn has written, by name
 */
public record BucketContents(Recorded recorded, Map<VolumeName, CataloguedVolume> volumes) {

	public BucketContents {
		volumes = Map.copyOf(volumes);
	}

	/**
	 * Costs a get for each record, each volume and each backup.
	 * @param seal decides what is believed
	 * @throws dev.longhaul.core.failure.LonghaulException if the bucket cannot be read or
	 * is no backupstore
	 */
	public static BucketContents read(ObjectStore store, BackupstoreLayout layout, Seal seal, Pause pause) {
		List<CataloguedVolume> volumes = new Catalogue(store, layout, pause).read();
		Recorded recorded = new RunCatalog(store, layout, pause, seal).readAll();
		return new BucketContents(recorded,
				volumes.stream().collect(Collectors.toMap(CataloguedVolume::name, Function.identity())));
	}

	Optional<CataloguedBackup> find(VolumeName volume, BackupName backup) {
		return Optional.ofNullable(volumes.get(volume))
			.flatMap(
					found -> found.backups().stream().filter(candidate -> candidate.name().equals(backup)).findFirst());
	}

}
