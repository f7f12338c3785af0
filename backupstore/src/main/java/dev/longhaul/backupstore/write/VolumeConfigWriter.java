package dev.longhaul.backupstore.write;

import dev.longhaul.backupstore.format.VolumeConfig;

/**
 * Writes a {@code volume.cfg}. Five of its fields are quoted twice, and Longhorn refuses
 * them in any other form.
 */
final class VolumeConfigWriter {

	private VolumeConfigWriter() {
	}

	static byte[] write(VolumeConfig config) {
		return GoJson.object()
			.string("Name", config.name().value())
			.size("Size", config.size())
			.strings("Labels", config.labels())
			.instant("CreatedTime", config.createdAt())
			.string("LastBackupName", config.lastBackupName())
			.instant("LastBackupAt", config.lastBackupAt())
			.decimal("BlockCount", config.blockCount())
			.doublyQuoted("BackingImageName", config.backingImage())
			.doublyQuoted("BackingImageChecksum", config.backingImageChecksum())
			.doublyQuoted("CompressionMethod", config.compression().word())
			.doublyQuoted("StorageClassName", config.storageClass())
			.doublyQuoted("DataEngine", config.dataEngine())
			.bytes();
	}

}
