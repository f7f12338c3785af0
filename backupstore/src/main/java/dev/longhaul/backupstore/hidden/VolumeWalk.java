package dev.longhaul.backupstore.hidden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.StoreKey;
import dev.longhaul.backupstore.hidden.HiddenVolume.Rescue;
import dev.longhaul.backupstore.hidden.HistoryWalk.Taker;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.inventory.VolumeConfigs;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.backupstore.mirror.Load;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectVersion;
import dev.longhaul.backupstore.object.VersionListing;
import dev.longhaul.backupstore.object.VersionedStore;
import dev.longhaul.backupstore.verify.BackupDraft;
import dev.longhaul.backupstore.verify.BackupSet;
import dev.longhaul.backupstore.verify.ChecksumRange;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the versions in one volume's folder, beside what its present backups need.
 */
final class VolumeWalk {

	private static final int RESCUES_TOLD = 100;

	private final VersionedStore store;

	private final BackupstoreLayout layout;

	private final VolumeFolder folder;

	private final VolumeConfigs configs;

	private final BackupSet backups;

	private final List<Rescue> rescues = new ArrayList<>();

	VolumeWalk(VersionedStore store, BackupstoreLayout layout, ObjectReader reader, VolumeName volume,
			int indexCapacity) {
		this.store = store;
		this.layout = layout;
		this.folder = new Inventory(store, layout).volume(volume)
			.orElse(new VolumeFolder(volume, null, List.of(), List.of()));
		this.configs = new VolumeConfigs(reader, layout);
		this.backups = new BackupSet(store, layout, reader, volume, folder.manifests(), indexCapacity);
	}

	HiddenVolume plan(Instant hiddenBefore) {
		Map<HiddenReason, Load> loads = new EnumMap<>(HiddenReason.class);
		Sha256 hash = new Sha256();
		walk(hiddenBefore, null, (hidden, newer, reason) -> {
			loads.merge(reason, new Load(1, new ByteSize(hidden.size())), Load::plus);
			if (reason.goes()) {
				hash.addLine(hidden.key() + " " + hidden.id().version());
			}
		});
		return new HiddenVolume(folder.volume(), loads, confirmed(), VolumeRules.hash(backups.drafts()), hash.finish());
	}

	HiddenRemoval remove(Instant hiddenBefore, HiddenVolume approved) {
		VersionRemoval removal = new VersionRemoval(store, layout.volumePrefix(folder.volume()));
		boolean asPlanned = walk(hiddenBefore, approved.needs(), removal);
		String left = !asPlanned ? "backups of it came, went or changed since the plan was made"
				: removal.isDone() ? "the store refused all of a call, so no more was tried" : null;
		return new HiddenRemoval(folder.volume(), approved.goes(), removal.removed(), removal.refused(),
				removal.refusals(), left);
	}

	/**
	 * @param needs what the backups have to be; null if they may be anything
	 * @return false if they are not, or did not stay so
	 */
	private boolean walk(Instant hiddenBefore, @Nullable String needs, Taker taker) {
		boolean[] asPlanned = { true };
		try {
			backups.inSlices((range, named) -> {
				asPlanned[0] &= needs == null || isUnchanged(needs);
				if (asPlanned[0]) {
					VolumeRules rules = rules();
					new HistoryWalk(hiddenBefore, noting(taker, key -> rules.namedBy(key, named))).over(blocks(range),
							rules.ofBlocks(named));
				}
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException("noting what is listed does no input or output", ex);
		}
		if (asPlanned[0]) {
			walkBesideBlocks(hiddenBefore, taker);
		}
		return asPlanned[0];
	}

	private boolean isUnchanged(String needs) {
		return needs.equals(VolumeRules.hash(backups.drafts()))
				&& backups.drafts().stream().noneMatch(BackupDraft::hasChanged);
	}

	private void walkBesideBlocks(Instant hiddenBefore, Taker taker) {
		VolumeRules rules = rules();
		HistoryWalk walk = new HistoryWalk(hiddenBefore, noting(taker, key -> rules.all()));
		VolumeName volume = folder.volume();
		walk.over(versions(layout.manifestsPrefix(volume), StoreKey.ManifestKey.class), rules.ofManifests());
		walk.over(versions(layout.locksPrefix(volume), StoreKey.LockKey.class), rules.ofLocks());
		walk.over(versions(layout.volumeConfig(volume), StoreKey.VolumeConfigKey.class), rules.ofConfig());
	}

	private VolumeRules rules() {
		return new VolumeRules(layout, configs, folder, backups.drafts());
	}

	/** Notes how to bring back what is needed: the newest version under the mark. */
	private Taker noting(Taker taker, Function<String, List<BackupName>> neededBy) {
		return new Taker() {

			@Override
			public void take(ObjectVersion hidden, ObjectVersion newer, HiddenReason reason) {
				if (reason == HiddenReason.NEEDED && newer.current() && rescues.size() < RESCUES_TOLD) {
					rescues.add(new Rescue(hidden.id(), newer.id(), HistoryWalk.hiddenAt(hidden, newer),
							neededBy.apply(hidden.key())));
				}
				taker.take(hidden, newer, reason);
			}

			@Override
			public boolean isDone() {
				return taker.isDone();
			}

			@Override
			public void endOfListing() {
				taker.endOfListing();
			}

		};
	}

	/** Without those whose backups were deleted while they were looked at. */
	private List<Rescue> confirmed() {
		if (rescues.isEmpty()) {
			return List.of();
		}
		Set<BackupName> still = backups.namesStillThere();
		return rescues.stream().filter(rescue -> rescue.neededBy().stream().anyMatch(still::contains)).toList();
	}

	private Iterator<ObjectVersion> versions(String prefix, Class<? extends StoreKey> kind) {
		return new Known(new VersionListing(store, prefix, ""),
				key -> layout.parse(key).filter(kind::isInstance).isPresent(), key -> false);
	}

	private Iterator<ObjectVersion> blocks(ChecksumRange range) {
		VolumeName volume = folder.volume();
		VersionListing listing = new VersionListing(store, layout.blocksPrefix(volume),
				layout.justBeforeBlock(volume, range.lowest()));
		return new Known(listing, key -> checksum(key) != null, key -> {
			Checksum checksum = checksum(key);
			return checksum != null && range.endsBefore(checksum);
		});
	}

	private @Nullable Checksum checksum(String key) {
		return layout.parse(key)
			.filter(StoreKey.BlockKey.class::isInstance)
			.map(known -> ((StoreKey.BlockKey) known).checksum())
			.orElse(null);
	}

	/** Keys that no Longhorn writes are passed over. */
	private static final class Known implements Iterator<ObjectVersion> {

		private final Iterator<ObjectVersion> versions;

		private final Predicate<String> known;

		private final Predicate<String> end;

		private @Nullable ObjectVersion next;

		Known(Iterator<ObjectVersion> versions, Predicate<String> known, Predicate<String> end) {
			this.versions = versions;
			this.known = known;
			this.end = end;
			this.next = fetch();
		}

		@Override
		public boolean hasNext() {
			return next != null;
		}

		@Override
		public ObjectVersion next() {
			ObjectVersion version = next;
			if (version == null) {
				throw new NoSuchElementException("no more versions");
			}
			next = fetch();
			return version;
		}

		private @Nullable ObjectVersion fetch() {
			while (versions.hasNext()) {
				ObjectVersion version = versions.next();
				if (end.test(version.key())) {
					return null;
				}
				if (known.test(version.key())) {
					return version;
				}
			}
			return null;
		}

	}

}
