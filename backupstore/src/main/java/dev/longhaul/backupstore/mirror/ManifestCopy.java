package dev.longhaul.backupstore.mirror;

import java.util.Optional;

import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.backupstore.verify.BackupDraft;
import dev.longhaul.backupstore.verify.ContentDigest;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Compares and copies manifests. They are small beside their blocks, and a size alone
 * would not tell two of them apart, so they are compared byte by byte.
 */
final class ManifestCopy {

	/**
	 * A manifest is put as a whole; no block is in memory meanwhile. A terabyte of 2 MiB
	 * blocks has 52 MB.
	 */
	private static final int SHARE_OF_HEAP = 4;

	private final Side destination;

	private final ObjectReader sourceReader;

	private final ObjectReader destinationReader;

	private final VolumeName volume;

	private final long limit;

	ManifestCopy(Side source, Side destination, Pause pause, VolumeName volume) {
		this.destination = destination;
		this.sourceReader = new ObjectReader(source.store(), pause);
		this.destinationReader = new ObjectReader(destination.store(), pause);
		this.volume = volume;
		this.limit = Math.min(Integer.MAX_VALUE - 8L, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
	}

	/**
	 * Whether the destination has the very manifest that was read from the source.
	 * @param there as the destination lists it; null if it does not
	 */
	boolean isHeld(BackupDraft draft, @Nullable ObjectInfo there) {
		if (there == null || there.size() != draft.file().file().size()) {
			return false;
		}
		Optional<ContentDigest> digest = destinationReader.read(there.key(),
				object -> ContentDigest.of(object.content()));
		return digest.isPresent() && digest.get().equals(draft.digest());
	}

	/**
	 * Copies a manifest, if it still is the one whose blocks were copied.
	 * @return why it was not copied; null if it was
	 */
	@Nullable String copy(BackupDraft draft) {
		try {
			Optional<byte[]> content = sourceReader.readFully(draft.file().file().key(), limit);
			if (content.isEmpty()) {
				return "was deleted in the source before its turn came";
			}
			if (!ContentDigest.of(content.get()).equals(draft.digest())) {
				return "was written anew in the source before its turn came";
			}
			destination.store().put(destination.layout().manifest(volume, draft.file().backup()), content.get());
			return null;
		}
		catch (ObjectTooLargeException ex) {
			return "has a manifest that does not fit into memory: %s; give more, as in LONGHAUL_OPTS=-Xmx2g"
				.formatted(ex.getMessage());
		}
	}

}
