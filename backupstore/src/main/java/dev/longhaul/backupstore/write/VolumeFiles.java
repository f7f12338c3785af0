package dev.longhaul.backupstore.write;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.BackupManifestParser;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.StoreKey;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.VolumeConfigs;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.volume.VolumeName;

/**
 * The files of one volume in a target, as whoever writes them sees them.
 */
record VolumeFiles(ObjectStore store, ObjectReader reader, BackupstoreLayout layout, VolumeName volume) {

	boolean hasConfig() {
		return store.find(layout.volumeConfig(volume)).isPresent();
	}

	/**
	 * @throws DamagedData if there is none or it cannot be read; Longhorn gives up then
	 * too
	 */
	VolumeConfig config() {
		String key = layout.volumeConfig(volume);
		String hint = "restore the file from a copy of the target";
		try {
			return new VolumeConfigs(reader, layout).read(volume)
				.orElseThrow(() -> new DamagedData(FailureCode.BACKUP_DAMAGED,
						"cannot find %s in backupstore".formatted(key), hint));
		}
		catch (MalformedException ex) {
			throw new DamagedData(FailureCode.BACKUP_DAMAGED, "'%s': %s".formatted(key, ex.getMessage()), hint, ex);
		}
	}

	void putConfig(VolumeConfig config) {
		store.put(layout.volumeConfig(volume), VolumeConfigWriter.write(config));
	}

	/** Empty if there is no such manifest, or none that can be read and is finished. */
	Optional<FinishedBackup> finished(BackupName backup) {
		return reader.read(layout.manifest(volume, backup), object -> {
			TreeMap<Long, Checksum> blocks = new TreeMap<>();
			try {
				BackupManifest manifest = BackupManifestParser.parse(object.content(), volume, backup, blocks::put)
					.manifest();
				return manifest.isFinished() ? Optional.of(new FinishedBackup(manifest, blocks))
						: Optional.<FinishedBackup>empty();
			}
			catch (MalformedException ex) {
				return Optional.<FinishedBackup>empty();
			}
		}).flatMap(found -> found);
	}

	Set<BackupName> backups() {
		Set<BackupName> names = new TreeSet<>();
		new Listing(store, layout.manifestsPrefix(volume)).forEachRemaining(object -> layout.parse(object.key())
			.filter(StoreKey.ManifestKey.class::isInstance)
			.map(StoreKey.ManifestKey.class::cast)
			.ifPresent(key -> names.add(key.backup())));
		return names;
	}

	void delete(String key) {
		store.delete(List.of(key));
	}

	/**
	 * A backup that exists, with its whole map.
	 *
	 * @param blocks offset to checksum
	 */
	record FinishedBackup(BackupManifest manifest, TreeMap<Long, Checksum> blocks) {
	}

}
