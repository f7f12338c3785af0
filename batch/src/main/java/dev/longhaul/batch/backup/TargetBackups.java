package dev.longhaul.batch.backup;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.BackupManifestParser;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockConsumer;
import dev.longhaul.backupstore.format.BlockDecoder;
import dev.longhaul.backupstore.format.BlockFinding;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.VolumeConfigs;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.volume.FileSystem;
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
		return read(volume, backup).manifest();
	}

	/**
	 * @throws DamagedData as {@link #manifest} says
	 */
	Stored read(VolumeName volume, BackupName backup) {
		String key = layout.manifest(volume, backup);
		Optional<Attempt> read = reader.read(key, object -> {
			AtomicReference<@Nullable Checksum> first = new AtomicReference<>();
			BlockConsumer beginning = (offset, checksum) -> {
				if (offset == 0) {
					first.set(checksum);
				}
			};
			try {
				BackupManifest manifest = BackupManifestParser.parse(object.content(), volume, backup, beginning)
					.manifest();
				return new Attempt(new Stored(manifest, first.get()), "");
			}
			catch (MalformedException ex) {
				return new Attempt(null, String.valueOf(ex.getMessage()));
			}
		});
		Stored stored = read.map(Attempt::value).orElse(null);
		if (stored == null) {
			throw damaged(key, read.map(Attempt::fault).orElse("it was there and is gone"));
		}
		return stored;
	}

	/**
	 * The first block of a backup's volume, compared with the checksum that names it.
	 * Costs a get.
	 * @return empty if nothing was ever written there
	 * @throws DamagedData if the block is not there, or is not what was written
	 */
	Optional<byte[]> beginning(Stored stored) {
		Checksum first = stored.first();
		if (first == null) {
			return Optional.empty();
		}
		BackupManifest manifest = stored.manifest();
		String key = layout.block(manifest.volume(), first);
		BlockDecoder decoder = new BlockDecoder(manifest.blockSize());
		BlockFinding finding;
		try {
			byte[] bytes = reader.readFully(key, decoder.maxStoredSize())
				.orElseThrow(() -> damaged(key, "the block is missing"));
			finding = decoder.decode(bytes, Set.of(manifest.compression()), first);
		}
		catch (ObjectTooLargeException ex) {
			throw damaged(key, String.valueOf(ex.getMessage()));
		}
		if (finding instanceof BlockFinding.Intact intact) {
			return Optional.of(Arrays.copyOf(intact.content(), FileSystem.BEGINNING));
		}
		throw damaged(key, finding.detail());
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

	/**
	 * A backup in the bucket.
	 *
	 * @param first the block at the beginning of the volume; null if nothing was ever
	 * written there
	 */
	record Stored(BackupManifest manifest, @Nullable Checksum first) {
	}

	private record Attempt(@Nullable Stored value, String fault) {
	}

}
