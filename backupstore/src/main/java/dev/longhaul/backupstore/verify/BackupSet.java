package dev.longhaul.backupstore.verify;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockConsumer;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.format.ReadManifest;
import dev.longhaul.backupstore.format.StoreKey;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.VolumeFolder.ManifestFile;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Backups of one volume that are read together: their manifests become an index of the
 * distinct blocks they use, and what becomes of the blocks is said of each backup again.
 * A volume with more blocks than an index takes is worked on slice by slice, so that
 * memory does not grow with it.
 */
public final class BackupSet {

	private final ObjectStore store;

	private final BackupstoreLayout layout;

	private final ManifestReader manifests;

	private final VolumeName volume;

	private final int indexCapacity;

	private final List<BackupDraft> drafts;

	/** The index of all blocks, once it was seen to take them. */
	private @Nullable BlockIndex whole;

	/**
	 * @param files the manifests of the backups
	 * @param indexCapacity blocks held at once
	 */
	public BackupSet(ObjectStore store, BackupstoreLayout layout, ObjectReader reader, VolumeName volume,
			List<ManifestFile> files, int indexCapacity) {
		this.store = store;
		this.layout = layout;
		this.manifests = new ManifestReader(reader);
		this.volume = volume;
		this.indexCapacity = indexCapacity;
		this.drafts = files.stream().map(BackupDraft::new).toList();
	}

	/** Work on one slice of the blocks. */
	@FunctionalInterface
	public interface Slice {

		/**
		 * @param index the blocks of the range that the backups use; those of finished
		 * and readable backups are marked as wanted
		 */
		void take(ChecksumRange range, BlockIndex index) throws IOException;

	}

	public List<BackupDraft> drafts() {
		return drafts;
	}

	/**
	 * Reads the manifests and has every slice of their blocks worked on. Where one slice
	 * holds all, another call works on the same index again and reads nothing.
	 */
	public void inSlices(Slice work) throws IOException {
		BlockIndex known = whole;
		if (known != null) {
			work.take(ChecksumRange.WHOLE, known);
			return;
		}
		Deque<ChecksumRange> ranges = new ArrayDeque<>(List.of(ChecksumRange.WHOLE));
		while (!ranges.isEmpty()) {
			ChecksumRange range = ranges.pop();
			BlockIndex index = new BlockIndex(indexCapacity);
			if (!load(range, index)) {
				range.halves().forEach(ranges::push);
				continue;
			}
			if (range.equals(ChecksumRange.WHOLE)) {
				whole = index;
			}
			work.take(range, index);
		}
	}

	/**
	 * @return false if the slice holds more blocks than the index takes
	 */
	private boolean load(ChecksumRange range, BlockIndex index) {
		for (BackupDraft draft : drafts) {
			draft.beginSlice();
			readManifest(draft, () -> (offset, checksum) -> {
				if (range.contains(checksum)) {
					draft.refersTo(index.add(checksum));
				}
			});
			if (draft.isTooLarge() && !range.isSingle()) {
				return false;
			}
			if (draft.isTooLarge()) {
				draft.refuse("lists blocks whose checksums begin with the same 64 bits more often than chance has it");
			}
			BackupManifest manifest = draft.provable();
			if (manifest != null) {
				index.want(draft.blocks(), manifest);
			}
		}
		return true;
	}

	private void readManifest(BackupDraft draft, Supplier<BlockConsumer> consumers) {
		boolean known = draft.isJudged();
		Optional<ManifestReader.Answer> answer = manifests.read(draft.key(), volume, draft.file().backup(), consumers);
		if (answer.isPresent() && answer.get() instanceof ManifestReader.Read readable) {
			draft.saw(readable.digest());
		}
		if (known) {
			return;
		}
		if (answer.isPresent() && answer.get() instanceof ManifestReader.Read readable) {
			accept(draft, readable.manifest());
		}
		else {
			String detail = answer.map(malformed -> ((ManifestReader.Malformed) malformed).detail())
				.orElse("is listed and was not there when it was read");
			draft.add(ProblemKind.UNREADABLE_MANIFEST, draft.key(), detail);
		}
	}

	private static void accept(BackupDraft draft, ReadManifest read) {
		if (!read.manifest().singleFile().isEmpty()) {
			draft.add(ProblemKind.UNREADABLE_MANIFEST, draft.key(),
					"is in Longhorn's first format, of one file per backup, which is not read");
			return;
		}
		draft.read(read);
	}

	/** Says of every backup what became of its own blocks of a slice. */
	public void judge(BlockIndex index) {
		for (BackupDraft draft : drafts) {
			BackupManifest manifest = draft.provable();
			if (manifest != null) {
				draft.addBytesRead(draft.blocks().stream().mapToLong(index::storedSize).sum());
				BitSet damaged = index.damaged(draft.blocks(), manifest.compression());
				if (!damaged.isEmpty()) {
					nameDamage(draft, manifest.compression(), damaged, index);
				}
			}
		}
	}

	/**
	 * Reads the manifest once more, to say at which offsets the damage is. What is
	 * damaged is so even if the manifest was deleted meanwhile.
	 */
	private void nameDamage(BackupDraft draft, CompressionMethod declared, BitSet damaged, BlockIndex index) {
		DamagedEntries entries = new DamagedEntries(index, damaged);
		manifests.read(draft.key(), volume, draft.file().backup(), entries::startOver);
		damaged.stream().forEach(number -> {
			ProblemKind kind = Objects.requireNonNull(index.problem(number, declared));
			draft.addMissing((kind == ProblemKind.MISSING_BLOCK) ? entries.count(number) : 0);
			draft.add(kind, layout.block(volume, index.checksum(number)),
					index.detail(number, declared) + entries.place(number));
		});
	}

	/**
	 * Says of every finished backup whether its size agrees with its blocks and its
	 * volume.
	 * @param config null if the volume has none that can be read
	 */
	public void checkSizes(@Nullable VolumeConfig config) {
		SizeCheck check = new SizeCheck(config);
		for (BackupDraft draft : drafts) {
			ReadManifest read = draft.readManifest();
			if (read != null && read.manifest().isFinished()) {
				check.fault(read).ifPresent(fault -> draft.add(ProblemKind.SIZE_MISMATCH, draft.key(), fault));
			}
		}
	}

	/** The backups of the volume that are listed now. */
	public Set<BackupName> namesStillThere() {
		Set<BackupName> names = new HashSet<>();
		Listing listing = new Listing(store, layout.manifestsPrefix(volume));
		while (listing.hasNext()) {
			layout.parse(listing.next().key())
				.filter(StoreKey.ManifestKey.class::isInstance)
				.ifPresent(key -> names.add(((StoreKey.ManifestKey) key).backup()));
		}
		return names;
	}

}
