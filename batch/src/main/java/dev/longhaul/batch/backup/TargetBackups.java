package dev.longhaul.batch.backup;

import java.time.Instant;
import java.util.Optional;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.BackupManifestParser;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockConsumer;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.VolumeConfigs;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * What the bucket says about volumes and backups. It is asked rather than the cluster,
 * because it is what will be left.
 */
final class TargetBackups {

	private final ObjectReader reader;

	private final BackupstoreLayout layout;

	private final VolumeConfigs configs;

	TargetBackups(ObjectReader reader, BackupstoreLayout layout) {
		this.reader = reader;
		this.layout = layout;
		this.configs = new VolumeConfigs(reader, layout);
	}

	/**
	 * @throws DamagedData if there is no manifest of it, or one that cannot be read
	 */
	BackupManifest manifest(VolumeName volume, BackupName backup) {
		String key = layout.manifest(volume, backup);
		Optional<Manifest> read = reader.read(key, object -> {
			try {
				return new Manifest(
						BackupManifestParser.parse(object.content(), volume, backup, BlockConsumer.NONE).manifest(),
						"");
			}
			catch (MalformedException ex) {
				return new Manifest(null, String.valueOf(ex.getMessage()));
			}
		});
		BackupManifest manifest = read.map(Manifest::value).orElse(null);
		if (manifest == null) {
			throw damaged(key, read.map(Manifest::fault).orElse("it was there and is gone"));
		}
		return manifest;
	}

	/**
	 * When the newest backup of a volume began; empty if it has none.
	 * @throws DamagedData if its volume.cfg cannot be read
	 */
	Optional<Instant> lastBackupAt(VolumeName volume) {
		try {
			return configs.read(volume).map(VolumeConfig::lastBackupAt);
		}
		catch (MalformedException ex) {
			throw damaged(layout.volumeConfig(volume), String.valueOf(ex.getMessage()));
		}
	}

	private static DamagedData damaged(String key, String fault) {
		return new DamagedData(FailureCode.BACKUP_DAMAGED, "%s: %s".formatted(key, fault),
				"longhaul verify shows what else of the volume can be read");
	}

	private record Manifest(@Nullable BackupManifest value, String fault) {
	}

}
