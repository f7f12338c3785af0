package dev.longhaul.backupstore.verify;

import java.util.Optional;

import dev.longhaul.backupstore.format.BlockListFacts;
import dev.longhaul.backupstore.format.ReadManifest;
import dev.longhaul.backupstore.format.VolumeConfig;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a manifest says of its size with its own blocks and with its volume.
 */
final class SizeCheck {

	private final @Nullable VolumeConfig config;

	/**
	 * @param config null if the volume has none that can be read; a backup must agree
	 * with itself even so
	 */
	SizeCheck(@Nullable VolumeConfig config) {
		this.config = config;
	}

	/** What does not agree; empty if all does. */
	Optional<String> fault(ReadManifest read) {
		BlockListFacts blocks = read.blocks();
		int blockSize = read.manifest().blockSize().bytes();
		long stated = read.manifest().size().bytes();
		if (!blocks.fault().isEmpty()) {
			return Optional.of(blocks.fault());
		}
		if (stated % blockSize != 0 || stated / blockSize != blocks.count()) {
			return Optional
				.of("states %d bytes and lists %d blocks of %d".formatted(stated, blocks.count(), blockSize));
		}
		if (config != null && blocks.end() > config.size().bytes()) {
			return Optional.of("its last block ends at %d, beyond the volume's %d bytes".formatted(blocks.end(),
					config.size().bytes()));
		}
		return Optional.empty();
	}

}
