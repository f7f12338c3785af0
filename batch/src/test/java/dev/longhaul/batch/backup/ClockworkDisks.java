package dev.longhaul.batch.backup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;

/**
 * What the volumes of a {@link ClockworkCluster} hold: one block with the superblock of
 * an ext4, as long as nobody says otherwise.
 */
public final class ClockworkDisks {

	static final int BLOCK = 2 * 1024 * 1024;

	private static final int SUPERBLOCK = 1024;

	private final Map<VolumeName, Integer> blocks = new TreeMap<>();

	private final Map<VolumeName, Integer> formats = new TreeMap<>();

	private final Map<VolumeName, Boolean> recognisable = new TreeMap<>();

	/** What a volume holds from now on, in blocks of 2 MiB. */
	public synchronized void holds(String volume, int count) {
		blocks.put(new VolumeName(volume), count);
	}

	/** Makes a new file system on a volume. */
	public synchronized void format(String volume) {
		formats.merge(new VolumeName(volume), 1, Integer::sum);
	}

	/** Has the file system of a volume overwritten. */
	public synchronized void overwrite(String volume) {
		recognisable.put(new VolumeName(volume), false);
	}

	/** Undoes that. */
	public synchronized void putBack(String volume) {
		recognisable.put(new VolumeName(volume), true);
	}

	/** The blocks of a volume; each backup finds something else in them. */
	synchronized List<byte[]> read(VolumeName volume, BackupName backup) {
		return IntStream.range(0, blocks.getOrDefault(volume, 1))
			.mapToObj(index -> block(volume, backup + " " + index, index == 0))
			.toList();
	}

	private byte[] block(VolumeName volume, String content, boolean first) {
		ByteBuffer block = ByteBuffer.allocate(BLOCK).put(bytes(content));
		if (first && recognisable.getOrDefault(volume, true)) {
			UUID id = UUID.nameUUIDFromBytes(bytes(volume + " " + formats.getOrDefault(volume, 0)));
			block.put(SUPERBLOCK + 0x38, new byte[] { 0x53, (byte) 0xEF });
			block.putLong(SUPERBLOCK + 0x68, id.getMostSignificantBits());
			block.putLong(SUPERBLOCK + 0x70, id.getLeastSignificantBits());
		}
		return block.array();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
