package dev.longhaul.backupstore.write;

import java.util.Map;

import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;

/**
 * What backup to write.
 *
 * @param compression used if this is the volume's first backup in the target; after that
 * the volume's own file there decides
 * @param labels come back from every cluster that reads the backup
 * @param storageClass of the claim on the volume, empty if there is none
 * @param threads how many blocks are read, compressed and put at once
 */
public record BackupOrder(VolumeName volume, BackupName backup, BackupMode mode, BlockSize blockSize,
		CompressionMethod compression, Map<String, String> labels, String storageClass, int threads) {

	public BackupOrder {
		labels = Map.copyOf(labels);
		if (threads < 1) {
			throw new IllegalArgumentException("a backup needs at least one thread, not " + threads);
		}
	}

}
