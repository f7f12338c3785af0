package dev.longhaul.backupstore.write;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.NavigableMap;
import java.util.TreeMap;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.BackupManifestParser;
import dev.longhaul.backupstore.format.BlockConsumer;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.VolumeConfigParser;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads files that Longhorn's own engine wrote and writes them again: not a byte may
 * differ.
 */
class LonghornsOwnFilesTest {

	private static final VolumeName VOLUME = new VolumeName("pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90");

	@Test
	void volumeConfigIsWrittenByteForByte() throws Exception {
		byte[] longhorns = resource("volume.cfg");

		byte[] ours = VolumeConfigWriter.write(VolumeConfigParser.parse(new ByteArrayInputStream(longhorns), VOLUME));

		assertThat(text(ours)).isEqualTo(text(longhorns));
	}

	@ParameterizedTest
	@ValueSource(strings = { "backup-7a6f765e17888503", "backup-45dde0fa9684d7bc" })
	void finishedManifestIsWrittenByteForByte(String name) throws Exception {
		byte[] longhorns = resource("backup_" + name + ".cfg");

		NavigableMap<Long, Checksum> blocks = new TreeMap<>();
		BackupManifest manifest = parse(longhorns, name, blocks::put);
		byte[] ours = BackupManifestWriter.finished(manifest, BackupMode.INCREMENTAL, ByteSize.ZERO, blocks);

		assertThat(blocks).hasSizeGreaterThan(10);
		assertThat(text(ours)).isEqualTo(text(longhorns));
	}

	@Test
	void placeholderIsWrittenByteForByte() throws Exception {
		byte[] longhorns = resource("backup_backup-0dead0beef000001.cfg");

		BackupManifest manifest = parse(longhorns, "backup-0dead0beef000001", BlockConsumer.NONE);
		byte[] ours = BackupManifestWriter.placeholder(manifest.volume(), manifest.name(), manifest.compression());

		assertThat(text(ours)).isEqualTo(text(longhorns));
	}

	private static BackupManifest parse(byte[] bytes, String name, BlockConsumer consumer) throws Exception {
		return BackupManifestParser.parse(new ByteArrayInputStream(bytes), VOLUME, new BackupName(name), consumer)
			.manifest();
	}

	private static byte[] resource(String name) throws IOException {
		try (InputStream in = Objects
			.requireNonNull(LonghornsOwnFilesTest.class.getResourceAsStream("/longhorn/" + name), name)) {
			return in.readAllBytes();
		}
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
