package dev.longhaul.backupstore.verify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;
import net.jpountz.lz4.LZ4FrameOutputStream;

/**
 * A volume's folder as Longhorn writes it, made for a test. Blocks are told apart by a
 * number.
 */
public final class Backupstore {

	public static final Instant LONG_AGO = Instant.parse("2026-11-20T02:30:00Z");

	public static final VolumeName VOLUME = new VolumeName("test-vol");

	private final HeldStore store;

	private final BackupstoreLayout layout = new BackupstoreLayout("");

	private final BlockSize blockSize;

	public Backupstore(HeldStore store, BlockSize blockSize) {
		this.store = store;
		this.blockSize = blockSize;
		putConfig(64L * blockSize.bytes());
	}

	public String configKey() {
		return layout.volumeConfig(VOLUME);
	}

	public String manifestKey(String backup) {
		return layout.manifest(VOLUME, new BackupName(backup));
	}

	public String blockKey(int block) {
		return layout.block(VOLUME, checksum(block));
	}

	public void putConfig(long size) {
		put(configKey(), """
				{"Name":"test-vol","Size":"%d","Labels":{"KubernetesStatus":\
				"{\\"namespace\\":\\"shop\\",\\"pvcName\\":\\"data-db-0\\"}"},"CompressionMethod":"\\"lz4\\""}"""
			.formatted(size), LONG_AGO);
	}

	public void putBlock(int block, CompressionMethod method) {
		store.put(blockKey(block), compress(content(block), method), LONG_AGO);
	}

	/** A finished backup whose blocks, one after the other, are these. */
	public void putManifest(String backup, CompressionMethod declared, int... blocks) {
		List<String> entries = new ArrayList<>();
		for (int i = 0; i < blocks.length; i++) {
			entries.add(entry((long) i * blockSize.bytes(), checksum(blocks[i])));
		}
		putManifest(backup, declared, entries);
	}

	public void putManifest(String backup, CompressionMethod declared, List<String> entries) {
		put(manifestKey(backup), """
				{"Name":"%s","VolumeName":"test-vol","CreatedTime":"2026-11-20T02:31:00Z","Size":"%d",\
				"Parameters":{"backup-block-size":"%d"},"CompressionMethod":"%s","Blocks":[%s],\
				"SingleFile":{"FilePath":""}}""".formatted(backup, entries.size() * (long) blockSize.bytes(),
				blockSize.bytes(), declared.word(), String.join(",", entries)), LONG_AGO);
	}

	public void putPlaceholder(String backup, Instant lastModified) {
		put(manifestKey(backup), """
				{"Name":"%s","VolumeName":"test-vol","CreatedTime":"","Size":"0","CompressionMethod":"lz4"}"""
			.formatted(backup), lastModified);
	}

	public void putLock(String hex, Instant lastModified) {
		put(layout.locksPrefix(VOLUME) + "lock-" + hex + ".lck", "{\"Type\":1,\"Acquired\":true}", lastModified);
	}

	public void replaceInManifest(String backup, String written, String instead) {
		String manifest = new String(store.content(manifestKey(backup)), StandardCharsets.UTF_8);
		if (!manifest.contains(written)) {
			throw new AssertionError("'%s' is not in %s".formatted(written, manifest));
		}
		put(manifestKey(backup), manifest.replace(written, instead), LONG_AGO);
	}

	public Checksum checksum(int block) {
		return Checksum.of(content(block), blockSize.bytes());
	}

	public static String entry(long offset, Checksum checksum) {
		return "{\"Offset\":%d,\"BlockChecksum\":\"%s\"}".formatted(offset, checksum);
	}

	/** Nearly empty, so that it compresses to a few kilobytes. */
	public byte[] content(int block) {
		return ByteBuffer.allocate(blockSize.bytes()).putInt(blockSize.bytes() / 2, block).array();
	}

	private void put(String key, String content, Instant lastModified) {
		store.put(key, content.getBytes(StandardCharsets.UTF_8), lastModified);
	}

	static byte[] compress(byte[] content, CompressionMethod method) {
		ByteArrayOutputStream stored = new ByteArrayOutputStream();
		try (OutputStream out = switch (method) {
			case NONE -> stored;
			case GZIP -> new GZIPOutputStream(stored);
			case LZ4 -> new LZ4FrameOutputStream(stored);
		}) {
			out.write(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return stored.toByteArray();
	}

}
