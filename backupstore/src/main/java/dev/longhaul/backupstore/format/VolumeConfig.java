package dev.longhaul.backupstore.format;

import java.time.Instant;
import java.util.Map;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * A {@code volume.cfg}: what the target says of a volume as a whole.
 *
 * @param size the size at its latest backup, which every backup of it restores to
 * @param labels those of the latest backup
 * @param createdAt when the file was first written; null if unset
 * @param lastBackupName the base of the next incremental backup, empty if there is none
 * @param lastBackupAt when that backup began; null if unset
 * @param blockCount distinct stored blocks, as Longhorn last counted them
 * @param backingImage the image the volume lies on, empty for most
 * @param compression what later backups of the volume use
 * @param dataEngine {@code v1} or {@code v2}
 */
public record VolumeConfig(VolumeName name, ByteSize size, Map<String, String> labels, @Nullable Instant createdAt,
		String lastBackupName, @Nullable Instant lastBackupAt, long blockCount, String backingImage,
		String backingImageChecksum, CompressionMethod compression, String storageClass, String dataEngine) {

	public VolumeConfig {
		labels = Map.copyOf(labels);
	}

	/**
	 * The claim the volume was bound to at its latest backup; null if its labels do not
	 * say.
	 */
	public @Nullable ClaimRef claim() {
		return KubernetesStatusLabel.claim(labels);
	}

	public VolumeConfig withLastBackup(String newName, @Nullable Instant newTime) {
		return new VolumeConfig(name, size, labels, createdAt, newName, newTime, blockCount, backingImage,
				backingImageChecksum, compression, storageClass, dataEngine);
	}

	public VolumeConfig withBlockCount(long newCount) {
		return new VolumeConfig(name, size, labels, createdAt, lastBackupName, lastBackupAt, newCount, backingImage,
				backingImageChecksum, compression, storageClass, dataEngine);
	}

}
