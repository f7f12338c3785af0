package dev.longhaul.simulator.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import dev.longhaul.backupstore.export.Export;
import dev.longhaul.backupstore.export.ExportListener;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.simulator.ext4.Chunks;

/**
 * The SHA-256 of every byte of a device, in hexadecimal digits; where nothing was ever
 * written the bytes are zeros. Any program that hashes an image of it comes to the same.
 */
public record ContentHash(String value) {

	private static final int CHUNK = 1024 * 1024;

	private static final Concurrency THREADS = new Concurrency(2);

	/** Of an image; what it is shorter than the device counts as zeros. */
	public static ContentHash of(Path image, ByteSize size) throws IOException {
		Sha256 hash = new Sha256();
		byte[] chunk = new byte[CHUNK];
		try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
			for (long position = 0; position < size.bytes(); position += CHUNK) {
				int length = (int) Math.min(CHUNK, size.bytes() - position);
				Chunks.read(channel, position, chunk, length);
				hash.add(chunk, 0, length);
			}
		}
		return new ContentHash(hash.finish());
	}

	/**
	 * Of the device that a backup would be restored to, from what lies in the target
	 * alone.
	 * @param directory for an image of it while it is hashed
	 * @throws dev.longhaul.core.failure.LonghaulException if the backup cannot be read
	 */
	public static ContentHash of(Target target, VolumeName volume, BackupName backup, Path directory)
			throws IOException {
		Path image = directory.resolve(backup + ".img");
		try {
			ByteSize size = new Export(target.store(), target.layout(), Pause.real(), THREADS)
				.export(volume, backup, image, ExportListener.NONE)
				.size();
			return of(image, size);
		}
		finally {
			Files.deleteIfExists(image);
		}
	}

	@Override
	public String toString() {
		return value;
	}

}
