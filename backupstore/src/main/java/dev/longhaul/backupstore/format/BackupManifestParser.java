package dev.longhaul.backupstore.format;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Reads a backup's manifest as a stream. Memory does not grow with the list of blocks:
 * its entries go to the consumer one by one, and only facts about them are kept.
 */
public final class BackupManifestParser {

	private static final String BLOCKS = "Blocks";

	private static final String BLOCK_SIZE_PARAMETER = "backup-block-size";

	private final BlockConsumer consumer;

	private final BlockListCheck blocks = new BlockListCheck();

	private String name = "";

	private String volume = "";

	private String snapshot = "";

	private @Nullable Instant snapshotCreatedAt;

	private @Nullable Instant createdAt;

	private ByteSize size = ByteSize.ZERO;

	private Map<String, String> labels = Map.of();

	private Map<String, String> parameters = Map.of();

	private boolean incremental;

	private String compression = "";

	private ByteSize uploaded = ByteSize.ZERO;

	private String singleFile = "";

	private BackupManifestParser(BlockConsumer consumer) {
		this.consumer = consumer;
	}

	/**
	 * @param expectedVolume the volume whose folder the file lies in
	 * @param expectedName the backup its key names
	 * @param consumer gets every entry of the list of blocks, also of a manifest that
	 * turns out malformed further on
	 * @throws IOException if the bytes could not be read, which says nothing about them
	 * @throws MalformedException if they are no manifest of that backup
	 */
	public static ReadManifest parse(InputStream in, VolumeName expectedVolume, BackupName expectedName,
			BlockConsumer consumer) throws IOException, MalformedException {
		BackupManifestParser parser = new BackupManifestParser(consumer);
		JsonObjectReader.read(in, parser::read);
		BackupManifest manifest = parser.finish(expectedVolume, expectedName);
		return new ReadManifest(manifest, parser.blocks.facts(manifest.blockSize()));
	}

	/**
	 * Reads no further than where the list of blocks begins. Longhorn writes it after all
	 * else that matters, so the header of a backup of any size costs a few kilobytes.
	 * @throws IOException if the bytes could not be read, which says nothing about them
	 * @throws MalformedException if they do not begin as a manifest of that backup does
	 */
	public static BackupManifest parseHeader(InputStream in, VolumeName expectedVolume, BackupName expectedName)
			throws IOException, MalformedException {
		BackupManifestParser parser = new BackupManifestParser(BlockConsumer.NONE);
		JsonObjectReader.readUntil(BLOCKS, in, parser::read);
		return parser.finish(expectedVolume, expectedName);
	}

	private void read(String field, JsonValue value) throws MalformedException {
		switch (field) {
			case "Name" -> name = value.string();
			case "VolumeName" -> volume = value.string();
			case "SnapshotName" -> snapshot = value.string();
			case "SnapshotCreatedAt" -> snapshotCreatedAt = value.instant();
			case "CreatedTime" -> createdAt = value.instant();
			case "Size" -> size = value.size();
			case "Labels" -> labels = value.strings();
			case "Parameters" -> parameters = value.strings();
			case "IsIncremental" -> incremental = value.truth();
			case "CompressionMethod" -> compression = value.doublyQuoted();
			case "NewlyUploadedDataSize" -> uploaded = value.size();
			case BLOCKS -> value.elements(this::readBlock);
			case "SingleFile" -> value.fields(this::readSingleFile);
			default -> value.skip();
		}
	}

	private void readBlock(JsonValue element) throws MalformedException {
		BlockEntry entry = new BlockEntry();
		element.fields(entry::read);
		Checksum checksum = entry.checksum();
		blocks.add(entry.offset());
		consumer.accept(entry.offset(), checksum);
	}

	private void readSingleFile(String field, JsonValue value) throws MalformedException {
		if (field.equals("FilePath")) {
			singleFile = value.string();
		}
		else {
			value.skip();
		}
	}

	private BackupManifest finish(VolumeName expectedVolume, BackupName expectedName) throws MalformedException {
		if (!name.equals(expectedName.value())) {
			throw new MalformedException("it says it is of another backup than its key");
		}
		if (!volume.equals(expectedVolume.value())) {
			throw new MalformedException("it says it is of another volume than the folder it lies in");
		}
		CompressionMethod method = CompressionMethod.parse(compression)
			.orElseThrow(() -> new MalformedException("CompressionMethod is none of lz4, gzip, none"));
		BlockSize blockSize = BlockSize.parse(parameters.getOrDefault(BLOCK_SIZE_PARAMETER, ""))
			.orElseThrow(() -> new MalformedException(BLOCK_SIZE_PARAMETER + " is neither 2097152 nor 16777216"));
		return new BackupManifest(expectedName, expectedVolume, snapshot, snapshotCreatedAt, createdAt, size, labels,
				blockSize, incremental, method, uploaded, singleFile);
	}

	/** One entry while its fields come in. */
	private static final class BlockEntry {

		private long offset = -1;

		private @Nullable Checksum checksum;

		void read(String field, JsonValue value) throws MalformedException {
			switch (field) {
				case "Offset" -> offset = value.number();
				case "BlockChecksum" -> checksum = parseChecksum(value.string());
				default -> value.skip();
			}
		}

		long offset() throws MalformedException {
			if (offset < 0) {
				throw new MalformedException("Blocks: an entry has no Offset");
			}
			return offset;
		}

		Checksum checksum() throws MalformedException {
			if (checksum == null) {
				throw new MalformedException("Blocks: an entry has no BlockChecksum");
			}
			return checksum;
		}

		private static Checksum parseChecksum(String hex) throws MalformedException {
			if (!Checksum.isChecksum(hex)) {
				throw new MalformedException("Blocks: a BlockChecksum is not 64 lower-case hexadecimal digits");
			}
			return Checksum.parse(hex);
		}

	}

}
