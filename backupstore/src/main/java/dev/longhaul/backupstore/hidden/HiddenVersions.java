package dev.longhaul.backupstore.hidden;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.StoreKey;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectVersion;
import dev.longhaul.backupstore.object.VersionListing;
import dev.longhaul.backupstore.object.VersionedStore;
import dev.longhaul.backupstore.verify.BlockIndex;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;

/**
 * The hidden versions of a target: what Longhorn replaced or deleted, and a bucket that
 * keeps versions still holds and bills.
 * <p>
 * Only what Longhorn writes into the folders of volumes is looked at; the rest of the
 * bucket, Longhaul's own folder among it, is not. What is present is never deleted, and
 * nothing is by key alone.
 */
public final class HiddenVersions {

	private final VersionedStore store;

	private final BackupstoreLayout layout;

	private final ObjectReader reader;

	private final int indexCapacity;

	public HiddenVersions(VersionedStore store, BackupstoreLayout layout, Pause pause) {
		this(store, layout, pause, BlockIndex.USUAL_CAPACITY);
	}

	HiddenVersions(VersionedStore store, BackupstoreLayout layout, Pause pause, int indexCapacity) {
		this.store = store;
		this.layout = layout;
		this.reader = new ObjectReader(store, pause);
		this.indexCapacity = indexCapacity;
	}

	/**
	 * Lists all versions and reads the manifests of all backups; deletes nothing.
	 * @param target its URL
	 * @param hiddenBefore what was hidden later stays
	 * @throws dev.longhaul.core.failure.LonghaulException if a listing did not succeed to
	 * its end
	 */
	public HiddenPlan plan(String target, Instant hiddenBefore) {
		List<HiddenVolume> volumes = new ArrayList<>();
		VersionListing listing = new VersionListing(store, layout.volumesPrefix(), "");
		while (listing.hasNext()) {
			ObjectVersion version = listing.next();
			Optional<VolumeName> volume = layout.parse(version.key()).map(StoreKey::volume);
			if (volume.isPresent()) {
				volumes.add(walk(volume.get()).plan(hiddenBefore));
				listing.skipTo(layout.afterVolume(volume.get()));
			}
		}
		return new HiddenPlan(target, hiddenBefore, volumes);
	}

	/**
	 * Deletes what the plan says, volume after volume. May be stopped at any moment; what
	 * is left is in the next plan.
	 * @param each told of each volume as soon as it is done
	 * @throws dev.longhaul.core.failure.LonghaulException if the store cannot be reached
	 * or refuses; what went so far is gone
	 */
	public List<HiddenRemoval> remove(ApprovedHidden approved, Consumer<HiddenRemoval> each) {
		List<HiddenRemoval> removals = new ArrayList<>();
		HiddenPlan plan = approved.plan();
		for (HiddenVolume volume : plan.volumes()) {
			if (volume.goes().count() > 0) {
				HiddenRemoval removal = walk(volume.volume()).remove(plan.hiddenBefore(), volume);
				removals.add(removal);
				each.accept(removal);
			}
		}
		return removals;
	}

	private VolumeWalk walk(VolumeName volume) {
		return new VolumeWalk(store, layout, reader, volume, indexCapacity);
	}

}
