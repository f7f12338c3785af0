package dev.longhaul.backupstore.verify;

import java.util.Optional;
import java.util.function.Supplier;

import dev.longhaul.backupstore.format.BackupManifestParser;
import dev.longhaul.backupstore.format.BlockConsumer;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.ReadManifest;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;

/**
 * Reads manifests from the store to their end.
 */
final class ManifestReader {

	private final ObjectReader reader;

	ManifestReader(ObjectReader reader) {
		this.reader = reader;
	}

	/**
	 * @param consumers makes one for each attempt: a transfer that breaks is begun again,
	 * from the first entry
	 * @return empty if there is no such object (any more)
	 */
	Optional<Answer> read(String key, VolumeName volume, BackupName backup, Supplier<BlockConsumer> consumers) {
		return reader.read(key, object -> {
			DigestingInput content = new DigestingInput(object.content());
			try {
				ReadManifest manifest = BackupManifestParser.parse(content, volume, backup, consumers.get());
				return new Read(manifest, content.digest());
			}
			catch (MalformedException ex) {
				return new Malformed(String.valueOf(ex.getMessage()));
			}
		});
	}

	/** What a manifest turned out to be. */
	sealed interface Answer {

	}

	/**
	 * It was read to its end.
	 *
	 * @param digest of all its bytes
	 */
	record Read(ReadManifest manifest, ContentDigest digest) implements Answer {
	}

	record Malformed(String detail) implements Answer {
	}

}
