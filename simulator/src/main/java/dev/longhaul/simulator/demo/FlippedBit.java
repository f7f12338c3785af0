package dev.longhaul.simulator.demo;

import java.io.IOException;
import java.util.Optional;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.core.volume.VolumeName;

/**
 * One bit of one block in the bucket, flipped as a failing disk or a bad cable does: the
 * object keeps its name, its size and its place.
 */
record FlippedBit(String key, int position) {

	private static final int MASK = 0x10;

	/**
	 * Flips a bit in the middle of the largest block of a volume.
	 */
	static FlippedBit in(ObjectStore store, BackupstoreLayout layout, VolumeName volume) throws IOException {
		String key = largest(new Listing(store, layout.blocksPrefix(volume)))
			.orElseThrow(() -> new IOException("volume '%s' has no block in the bucket".formatted(volume)))
			.key();
		FlippedBit bit = new FlippedBit(key, read(store, key).length / 2);
		bit.flip(store);
		return bit;
	}

	/** Once more, and it is as it was. */
	void flip(ObjectStore store) throws IOException {
		byte[] bytes = read(store, key);
		bytes[position] ^= MASK;
		store.put(key, bytes);
	}

	private static Optional<ObjectInfo> largest(Listing blocks) {
		ObjectInfo largest = null;
		while (blocks.hasNext()) {
			ObjectInfo block = blocks.next();
			largest = (largest == null || block.size() > largest.size()) ? block : largest;
		}
		return Optional.ofNullable(largest);
	}

	private static byte[] read(ObjectStore store, String key) throws IOException {
		try (StoredObject object = store.open(key).orElseThrow()) {
			return object.content().readAllBytes();
		}
	}

}
