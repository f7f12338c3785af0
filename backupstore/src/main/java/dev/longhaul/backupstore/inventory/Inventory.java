package dev.longhaul.backupstore.inventory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.StoreKey;
import dev.longhaul.backupstore.inventory.VolumeFolder.ManifestFile;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectPage;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Finds the volumes and backups of a target. The listing is flat and jumps over the
 * blocks of each volume, so it costs a few calls per volume however large the volumes
 * are.
 */
public final class Inventory {

	/** No volume: Longhorn keeps the locks of its backing images under this name. */
	private static final VolumeName BACKING_IMAGES = new VolumeName("BACKINGIMAGE");

	private static final int EXAMPLES = 3;

	private final ObjectStore store;

	private final BackupstoreLayout layout;

	public Inventory(ObjectStore store, BackupstoreLayout layout) {
		this.store = store;
		this.layout = layout;
	}

	/**
	 * All volumes, by name.
	 * @throws RefusedRequest if the target is reachable and is no backupstore
	 */
	public List<VolumeFolder> volumes() {
		List<VolumeFolder> folders = scan(layout.volumesPrefix());
		if (folders.isEmpty()) {
			requireBackupstore();
		}
		return folders;
	}

	/** All volumes, by name; none where there is no backupstore yet. */
	public List<VolumeFolder> volumesIfAny() {
		return scan(layout.volumesPrefix());
	}

	/** One volume; empty if the target holds nothing of it. */
	public Optional<VolumeFolder> volume(VolumeName name) {
		return scan(layout.volumePrefix(name)).stream().findFirst();
	}

	private List<VolumeFolder> scan(String prefix) {
		TreeMap<VolumeName, Draft> drafts = new TreeMap<>();
		Listing listing = new Listing(store, prefix);
		while (listing.hasNext()) {
			ObjectInfo object = listing.next();
			layout.parse(object.key()).filter(key -> !key.volume().equals(BACKING_IMAGES)).ifPresent(key -> {
				drafts.computeIfAbsent(key.volume(), Draft::new).add(key, object);
				if (key instanceof StoreKey.BlockKey) {
					listing.skipTo(layout.afterBlocks(key.volume()));
				}
			});
		}
		return drafts.values().stream().map(Draft::finish).toList();
	}

	private void requireBackupstore() {
		if (!store.list(layout.backupstorePrefix(), "").objects().isEmpty()) {
			return;
		}
		ObjectPage anything = store.list("", "");
		String place = store.describe() + (layout.path().isEmpty() ? "" : "/" + layout.path());
		if (anything.objects().isEmpty()) {
			throw new RefusedRequest(FailureCode.NOT_A_BACKUPSTORE, "'%s' is empty".formatted(store.describe()),
					"check the name of the bucket; Longhorn writes its first objects with the first backup");
		}
		String examples = anything.objects()
			.stream()
			.limit(EXAMPLES)
			.map(ObjectInfo::key)
			.collect(Collectors.joining(", "));
		throw new RefusedRequest(FailureCode.NOT_A_BACKUPSTORE,
				"'%s' holds no folder backupstore/; what is there begins with %s".formatted(place, examples),
				"give the URL exactly as Longhorn's backup target has it, with its path");
	}

	/** A folder while its keys come in. */
	private static final class Draft {

		private final VolumeName volume;

		private final List<ManifestFile> manifests = new ArrayList<>();

		private final List<ObjectInfo> locks = new ArrayList<>();

		private @Nullable ObjectInfo config;

		Draft(VolumeName volume) {
			this.volume = volume;
		}

		void add(StoreKey key, ObjectInfo object) {
			if (key instanceof StoreKey.ManifestKey manifest) {
				manifests.add(new ManifestFile(manifest.backup(), object));
			}
			else if (key instanceof StoreKey.LockKey) {
				locks.add(object);
			}
			else if (key instanceof StoreKey.VolumeConfigKey) {
				config = object;
			}
		}

		VolumeFolder finish() {
			manifests.sort(Comparator.comparing(ManifestFile::backup));
			return new VolumeFolder(volume, config, manifests, locks);
		}

	}

}
