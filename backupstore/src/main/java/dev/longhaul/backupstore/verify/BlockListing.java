package dev.longhaul.backupstore.verify;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.StoreKey;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * The stored blocks of a volume within a range of checksums, in their order. Keys that
 * are no blocks are passed over.
 */
public final class BlockListing implements Iterator<BlockListing.StoredBlock> {

	private final Listing listing;

	private final BackupstoreLayout layout;

	private final ChecksumRange range;

	private @Nullable StoredBlock next;

	public BlockListing(ObjectStore store, BackupstoreLayout layout, VolumeName volume, ChecksumRange range) {
		this.listing = new Listing(store, layout.blocksPrefix(volume), layout.justBeforeBlock(volume, range.lowest()));
		this.layout = layout;
		this.range = range;
		this.next = fetch();
	}

	@Override
	public boolean hasNext() {
		return next != null;
	}

	@Override
	public StoredBlock next() {
		StoredBlock block = next;
		if (block == null) {
			throw new NoSuchElementException("no more blocks in the range");
		}
		next = fetch();
		return block;
	}

	private @Nullable StoredBlock fetch() {
		while (listing.hasNext()) {
			ObjectInfo object = listing.next();
			Optional<Checksum> checksum = layout.parse(object.key())
				.filter(StoreKey.BlockKey.class::isInstance)
				.map(key -> ((StoreKey.BlockKey) key).checksum());
			if (checksum.isPresent()) {
				return range.endsBefore(checksum.get()) ? null : new StoredBlock(checksum.get(), object.size());
			}
		}
		return null;
	}

	/**
	 * @param size stored bytes
	 */
	public record StoredBlock(Checksum checksum, long size) {

	}

}
