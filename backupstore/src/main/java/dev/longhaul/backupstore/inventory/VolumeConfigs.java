package dev.longhaul.backupstore.inventory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.format.VolumeConfigParser;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.core.volume.VolumeName;

/**
 * The volume configs of a target.
 */
public final class VolumeConfigs {

	/**
	 * In bytes. Labels make up most of a volume.cfg; this is a thousand times a usual
	 * one.
	 */
	public static final long MAX_SIZE = 4L * 1024 * 1024;

	private final ObjectReader reader;

	private final BackupstoreLayout layout;

	public VolumeConfigs(ObjectReader reader, BackupstoreLayout layout) {
		this.reader = reader;
		this.layout = layout;
	}

	/**
	 * @return empty if the volume has none
	 * @throws MalformedException if it has one that cannot be read
	 */
	public Optional<VolumeConfig> read(VolumeName volume) throws MalformedException {
		try {
			Optional<byte[]> bytes = reader.readFully(layout.volumeConfig(volume), MAX_SIZE);
			return bytes.isEmpty() ? Optional.empty() : Optional.of(parse(bytes.get(), volume));
		}
		catch (ObjectTooLargeException ex) {
			throw new MalformedException(String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * @param bytes of the file
	 * @throws MalformedException if they are no volume.cfg of that volume
	 */
	public static VolumeConfig parse(byte[] bytes, VolumeName volume) throws MalformedException {
		try {
			return VolumeConfigParser.parse(new ByteArrayInputStream(bytes), volume);
		}
		catch (IOException ex) {
			throw new IllegalStateException("reading from memory does not fail", ex);
		}
	}

}
