package dev.longhaul.backupstore.format;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code volume.cfg}. Lenient where Longhorn's versions differ (unknown fields,
 * null for empty, strings quoted once or twice), strict in what is acted upon.
 */
public final class VolumeConfigParser {

	private String name = "";

	private ByteSize size = ByteSize.ZERO;

	private Map<String, String> labels = Map.of();

	private @Nullable Instant createdAt;

	private String lastBackupName = "";

	private @Nullable Instant lastBackupAt;

	private long blockCount;

	private String backingImage = "";

	private String backingImageChecksum = "";

	private String compression = "";

	private String storageClass = "";

	private String dataEngine = "";

	private VolumeConfigParser() {
	}

	/**
	 * @param expected the volume whose folder the file lies in
	 * @throws IOException if the bytes could not be read, which says nothing about them
	 * @throws MalformedException if they are no volume.cfg of that volume
	 */
	public static VolumeConfig parse(InputStream in, VolumeName expected) throws IOException, MalformedException {
		VolumeConfigParser parser = new VolumeConfigParser();
		JsonObjectReader.read(in, parser::read);
		return parser.finish(expected);
	}

	private void read(String field, JsonValue value) throws MalformedException {
		switch (field) {
			case "Name" -> name = value.string();
			case "Size" -> size = value.size();
			case "Labels" -> labels = value.strings();
			case "CreatedTime" -> createdAt = value.instant();
			case "LastBackupName" -> lastBackupName = value.string();
			case "LastBackupAt" -> lastBackupAt = value.instant();
			case "BlockCount" -> blockCount = value.decimal();
			case "BackingImageName" -> backingImage = value.doublyQuoted();
			case "BackingImageChecksum" -> backingImageChecksum = value.doublyQuoted();
			case "CompressionMethod" -> compression = value.doublyQuoted();
			case "StorageClassName" -> storageClass = value.doublyQuoted();
			case "DataEngine" -> dataEngine = value.doublyQuoted();
			default -> value.skip();
		}
	}

	private VolumeConfig finish(VolumeName expected) throws MalformedException {
		if (!name.equals(expected.value())) {
			throw new MalformedException("it says it is of another volume than the folder it lies in");
		}
		String word = compression;
		CompressionMethod method = CompressionMethod.parse(word)
			.orElseThrow(() -> new MalformedException("CompressionMethod is none of lz4, gzip, none"));
		return new VolumeConfig(expected, size, labels, createdAt, lastBackupName, lastBackupAt, blockCount,
				backingImage, backingImageChecksum, method, storageClass, dataEngine.isEmpty() ? "v1" : dataEngine);
	}

}
