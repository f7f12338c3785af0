package dev.longhaul.cli.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;
import net.jpountz.lz4.LZ4FrameOutputStream;

/**
 * A target in a directory, made for a test: well-formed where the test says nothing else.
 */
public final class MadeTarget {

	public static final int BLOCK_SIZE = 2 * 1024 * 1024;

	/** Of every so many blocks, one cannot be compressed. */
	private static final int NOISE = 24;

	/** Long before any test runs, so that nothing looks as if it were being written. */
	private static final FileTime MODIFIED = FileTime.from(Instant.parse("2026-11-20T02:30:00Z"));

	private final BackupstoreLayout layout = new BackupstoreLayout("");

	private final Path root;

	public MadeTarget(Path root) {
		this.root = root;
	}

	public String url() {
		return "file://" + root;
	}

	public Path file(String key) {
		return root.resolve(key);
	}

	public String configKey(String volume) {
		return layout.volumeConfig(new VolumeName(volume));
	}

	public String manifestKey(String volume, String backup) {
		return layout.manifest(new VolumeName(volume), new BackupName(backup));
	}

	public String blockKey(String volume, Checksum checksum) {
		return layout.block(new VolumeName(volume), checksum);
	}

	/** Writes a volume.cfg. */
	public void putVolume(String volume, long size) throws IOException {
		put(configKey(volume), """
				{"Name":"%s","Size":"%d","Labels":{"KubernetesStatus":\
				"{\\"namespace\\":\\"shop\\",\\"pvcName\\":\\"%s-data\\"}"},"CompressionMethod":"\\"lz4\\""}"""
			.formatted(volume, size, volume));
	}

	/** Stores a block, compressed. */
	public Checksum putBlock(String volume, byte[] content) throws IOException {
		Checksum checksum = Checksum.of(content, content.length);
		ByteArrayOutputStream stored = new ByteArrayOutputStream();
		try (LZ4FrameOutputStream lz4 = new LZ4FrameOutputStream(stored)) {
			lz4.write(content);
		}
		put(blockKey(volume, checksum), stored.toByteArray());
		return checksum;
	}

	/** Stores many different blocks, most of which nearly vanish when compressed. */
	public List<Checksum> putBlocks(String volume, int count) {
		return IntStream.range(0, count).parallel().mapToObj(number -> putNumbered(volume, number)).toList();
	}

	private Checksum putNumbered(String volume, int number) {
		byte[] content = new byte[BLOCK_SIZE];
		if (number % NOISE == 0) {
			new Random(number).nextBytes(content);
		}
		ByteBuffer.wrap(content).putInt(number);
		try {
			return putBlock(volume, content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Writes a finished manifest whose blocks, one after the other, are these. */
	public void putManifest(String volume, String backup, List<Checksum> blocks) throws IOException {
		StringBuilder entries = new StringBuilder();
		for (int i = 0; i < blocks.size(); i++) {
			entries.append((i > 0) ? "," : "")
				.append("{\"Offset\":%d,\"BlockChecksum\":\"%s\"}".formatted((long) i * BLOCK_SIZE, blocks.get(i)));
		}
		put(manifestKey(volume, backup), """
				{"Name":"%s","VolumeName":"%s","CreatedTime":"2026-11-20T02:31:00Z","Size":"%d",\
				"Parameters":{"backup-block-size":"2097152"},"CompressionMethod":"lz4","Blocks":[%s],\
				"SingleFile":{"FilePath":""}}""".formatted(backup, volume, (long) blocks.size() * BLOCK_SIZE, entries));
	}

	/** One volume with one backup of two blocks. */
	public void putSmallVolume(String volume, String backup) throws IOException {
		putVolume(volume, 16L * BLOCK_SIZE);
		byte[] second = new byte[BLOCK_SIZE];
		second[7] = 1;
		putManifest(volume, backup, List.of(putBlock(volume, new byte[BLOCK_SIZE]), putBlock(volume, second)));
	}

	/**
	 * Puts all of it into a store.
	 * @param path of the target within it: empty, or ending with a slash
	 */
	public void copyTo(ObjectStore store, String path) throws IOException {
		try (Stream<Path> files = Files.walk(root)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				store.put(path + root.relativize(file), Files.readAllBytes(file));
			}
		}
	}

	public void replace(String key, String written, String instead) throws IOException {
		String text = Files.readString(file(key));
		if (!text.contains(written)) {
			throw new AssertionError("'%s' is not in %s".formatted(written, text));
		}
		put(key, text.replace(written, instead));
	}

	public void put(String key, String text) throws IOException {
		put(key, text.getBytes(StandardCharsets.UTF_8));
	}

	public void put(String key, byte[] content) throws IOException {
		Files.createDirectories(file(key).getParent());
		Files.write(file(key), content);
		Files.setLastModifiedTime(file(key), MODIFIED);
	}

}
