package dev.longhaul.backupstore.write;

import java.util.Map;
import java.util.NavigableMap;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;

/**
 * Writes the two forms of a backup's manifest.
 */
final class BackupManifestWriter {

	private static final String NO_SINGLE_FILE = "{\"FilePath\":\"\"}";

	private BackupManifestWriter() {
	}

	/**
	 * What Longhorn puts before the first block: it marks the backup as unfinished, which
	 * also keeps a deletion elsewhere in the volume from collecting its blocks.
	 */
	static byte[] placeholder(VolumeName volume, BackupName backup, CompressionMethod compression) {
		return GoJson.object()
			.string("Name", backup.value())
			.string("VolumeName", volume.value())
			.string("SnapshotName", "")
			.string("SnapshotCreatedAt", "")
			.string("CreatedTime", "")
			.size("Size", ByteSize.ZERO)
			.strings("Labels", Map.of())
			.strings("Parameters", Map.of())
			.truth("IsIncremental", false)
			.string("CompressionMethod", compression.word())
			.size("NewlyUploadedDataSize", ByteSize.ZERO)
			.size("ReUploadedDataSize", ByteSize.ZERO)
			.raw("ProcessingBlocks", "null")
			.raw("SingleFile", NO_SINGLE_FILE)
			.bytes();
	}

	/**
	 * @param blocks the volume's whole map, whatever the backup built on: offset to
	 * checksum
	 */
	static byte[] finished(BackupManifest manifest, BackupMode mode, ByteSize uploadedAgain,
			NavigableMap<Long, Checksum> blocks) {
		GoJson json = GoJson.object()
			.string("Name", manifest.name().value())
			.string("VolumeName", manifest.volume().value())
			.string("SnapshotName", manifest.snapshot())
			.instant("SnapshotCreatedAt", manifest.snapshotCreatedAt())
			.instant("CreatedTime", manifest.createdAt())
			.size("Size", manifest.size())
			.strings("Labels", manifest.labels())
			.strings("Parameters",
					Map.of("backup-block-size", Integer.toString(manifest.blockSize().bytes()), "backup-mode",
							mode.word()))
			.truth("IsIncremental", manifest.incremental())
			.string("CompressionMethod", manifest.compression().word())
			.size("NewlyUploadedDataSize", manifest.uploaded())
			.size("ReUploadedDataSize", uploadedAgain)
			.raw("ProcessingBlocks", manifest.incremental() ? "null" : "{}");
		if (!blocks.isEmpty()) {
			json.raw("Blocks", list(blocks));
		}
		return json.raw("SingleFile", NO_SINGLE_FILE).bytes();
	}

	private static CharSequence list(NavigableMap<Long, Checksum> blocks) {
		StringBuilder list = new StringBuilder(blocks.size() * 104).append('[');
		blocks.forEach((offset, checksum) -> {
			list.append((list.length() > 1) ? "," : "");
			list.append(GoJson.object().number("Offset", offset).string("BlockChecksum", checksum.hex()).close());
		});
		return list.append(']');
	}

}
