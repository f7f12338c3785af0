package dev.longhaul.backupstore.verify;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.BlockConsumer;
import dev.longhaul.backupstore.format.BlockFinding;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.ReadManifest;
import dev.longhaul.backupstore.format.StoreKey;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.backupstore.inventory.VolumeFolder.ManifestFile;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.pipeline.BlockSink;
import dev.longhaul.backupstore.pipeline.WantedBlock;
import dev.longhaul.backupstore.verify.VolumeReport.Orphans;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Reads back the chosen backups of one volume. It takes no lock, so Longhorn may delete
 * backups meanwhile: what is missing is looked at once more before it is called lost.
 */
final class VolumeVerification {

	private static final Comparator<BackupReport> OLDEST_FIRST = Comparator
		.comparing(BackupReport::createdAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
		.thenComparing(BackupReport::name);

	private final Verifier.Parts parts;

	private final VolumeName volume;

	private final VerificationListener listener;

	private final List<BackupDraft> drafts;

	/** Whether all backups of the volume are read, so that what is left over is known. */
	private final boolean whole;

	private final Leftovers leftovers;

	private final List<Problem> problems = new ArrayList<>();

	private long distinctBlocks;

	private long bytesRead;

	private long orphanCount;

	private long orphanBytes;

	VolumeVerification(Verifier.Parts parts, VolumeFolder folder, Selection selection, Instant now,
			VerificationListener listener) {
		this.parts = parts;
		this.volume = folder.volume();
		this.listener = listener;
		this.drafts = folder.manifests()
			.stream()
			.filter(file -> selection.includes(file.backup()))
			.map(BackupDraft::new)
			.toList();
		this.whole = drafts.size() == folder.manifests().size();
		this.leftovers = new Leftovers(folder, drafts, now);
	}

	VolumeReport run() throws IOException {
		VolumeConfig config = drafts.isEmpty() ? null : readConfig();
		readBlocksBack();
		checkSizes(new SizeCheck(config));
		if (whole) {
			nameLeftovers();
		}
		return report((config != null) ? config.claim() : null);
	}

	private @Nullable VolumeConfig readConfig() {
		String key = parts.layout().volumeConfig(volume);
		try {
			Optional<VolumeConfig> config = parts.configs().read(volume);
			if (config.isEmpty()) {
				problems.add(new Problem(ProblemKind.UNREADABLE_MANIFEST, key,
						"is missing; Longhorn restores no backup of the volume without it"));
			}
			return config.orElse(null);
		}
		catch (MalformedException ex) {
			problems.add(new Problem(ProblemKind.UNREADABLE_MANIFEST, key, String.valueOf(ex.getMessage())));
			return null;
		}
	}

	/** Slice by slice, so that memory does not grow with the volume. */
	private void readBlocksBack() throws IOException {
		Deque<ChecksumRange> ranges = new ArrayDeque<>(List.of(ChecksumRange.WHOLE));
		while (!ranges.isEmpty()) {
			ChecksumRange range = ranges.pop();
			BlockIndex index = new BlockIndex(parts.indexCapacity());
			if (!loadManifests(range, index)) {
				range.halves().forEach(ranges::push);
				continue;
			}
			fetch(index);
			judge(index);
			if (whole) {
				countOrphans(range, index);
			}
		}
	}

	/**
	 * @return false if the slice holds more blocks than the index takes
	 */
	private boolean loadManifests(ChecksumRange range, BlockIndex index) {
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
		Optional<ManifestReader.Answer> answer = parts.manifests()
			.read(draft.key(), volume, draft.file().backup(), consumers);
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

	private void accept(BackupDraft draft, ReadManifest read) {
		if (!read.manifest().singleFile().isEmpty()) {
			draft.add(ProblemKind.UNREADABLE_MANIFEST, draft.key(),
					"is in Longhorn's first format, of one file per backup, which is not read");
			return;
		}
		draft.read(read);
	}

	private void fetch(BlockIndex index) throws IOException {
		for (BlockSize blockSize : BlockSize.values()) {
			long wanted = index.wanted(blockSize);
			if (wanted > 0) {
				distinctBlocks += wanted;
				listener.planned(volume, wanted);
				parts.pipeline().run(volume, blockSize, index.wantedBlocks(blockSize), new Recorder(index));
			}
		}
		for (int number = 0; number < index.size(); number++) {
			bytesRead += index.storedSize(number);
		}
	}

	/** Every backup on its own blocks. */
	private void judge(BlockIndex index) {
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
		parts.manifests().read(draft.key(), volume, draft.file().backup(), entries::startOver);
		damaged.stream().forEach(number -> {
			ProblemKind kind = Objects.requireNonNull(index.problem(number, declared));
			draft.addMissing((kind == ProblemKind.MISSING_BLOCK) ? entries.count(number) : 0);
			draft.add(kind, parts.layout().block(volume, index.checksum(number)),
					index.detail(number, declared) + entries.place(number));
		});
	}

	private void countOrphans(ChecksumRange range, BlockIndex index) {
		Listing listing = new Listing(parts.store(), parts.layout().blocksPrefix(volume),
				parts.layout().justBeforeBlock(volume, range.lowest()));
		while (listing.hasNext()) {
			ObjectInfo object = listing.next();
			Optional<Checksum> checksum = parts.layout()
				.parse(object.key())
				.filter(StoreKey.BlockKey.class::isInstance)
				.map(key -> ((StoreKey.BlockKey) key).checksum());
			if (checksum.isPresent() && range.endsBefore(checksum.get())) {
				return;
			}
			if (checksum.isPresent() && !index.contains(checksum.get())) {
				orphanCount++;
				orphanBytes += object.size();
			}
		}
	}

	private void checkSizes(SizeCheck check) {
		for (BackupDraft draft : drafts) {
			ReadManifest read = draft.readManifest();
			if (read != null && read.manifest().isFinished()) {
				check.fault(read).ifPresent(fault -> draft.add(ProblemKind.SIZE_MISMATCH, draft.key(), fault));
			}
		}
	}

	private void nameLeftovers() {
		List<BackupDraft> abandoned = leftovers.abandoned();
		for (BackupDraft draft : abandoned) {
			draft.add(ProblemKind.ABANDONED_BACKUP, draft.key(),
					"was begun and not finished, and no lock is refreshed any more");
		}
		for (ObjectInfo lock : leftovers.staleLocks()) {
			addStaleLock(abandoned, lock.key(),
					"was last refreshed at " + lock.lastModified().truncatedTo(ChronoUnit.SECONDS));
		}
	}

	/**
	 * A lock names no backup; one left beside an abandoned backup is most likely its own.
	 */
	private void addStaleLock(List<BackupDraft> abandoned, String key, String detail) {
		if (abandoned.isEmpty()) {
			problems.add(new Problem(ProblemKind.STALE_LOCK, key, detail));
		}
		else {
			abandoned.get(0).add(ProblemKind.STALE_LOCK, key, detail);
		}
	}

	private VolumeReport report(@Nullable ClaimRef claim) {
		Set<BackupName> still = namesStillThere();
		List<BackupReport> reports = new ArrayList<>();
		List<BackupName> vanished = new ArrayList<>();
		for (BackupDraft draft : drafts) {
			BackupReport report = draft.finish();
			boolean gone = !report.problems().isEmpty() && !still.contains(report.name());
			if (gone) {
				vanished.add(report.name());
			}
			else {
				reports.add(report);
			}
		}
		reports.sort(OLDEST_FIRST);
		if (still.isEmpty() && !drafts.isEmpty()) {
			// The whole volume was deleted meanwhile.
			problems.clear();
		}
		VolumeReport report = new VolumeReport(volume, claim, reports, problems, distinctBlocks,
				new ByteSize(bytesRead), orphans(still), vanished);
		listener.volumeDone(report);
		return report;
	}

	private Set<BackupName> namesStillThere() {
		Set<BackupName> names = new HashSet<>();
		Listing listing = new Listing(parts.store(), parts.layout().manifestsPrefix(volume));
		while (listing.hasNext()) {
			parts.layout()
				.parse(listing.next().key())
				.filter(StoreKey.ManifestKey.class::isInstance)
				.ifPresent(key -> names.add(((StoreKey.ManifestKey) key).backup()));
		}
		return names;
	}

	private @Nullable Orphans orphans(Set<BackupName> still) {
		if (!whole) {
			return null;
		}
		boolean unchanged = still.size() == drafts.size()
				&& drafts.stream().allMatch(draft -> still.contains(draft.file().backup()));
		boolean certain = unchanged && !leftovers.isSomebodyAtWork()
				&& drafts.stream().allMatch(BackupDraft::isReadable);
		return new Orphans(orphanCount, new ByteSize(orphanBytes), certain);
	}

	/** Notes what became of each block. */
	private final class Recorder implements BlockSink {

		private final BlockIndex index;

		Recorder(BlockIndex index) {
			this.index = index;
		}

		@Override
		public void read(WantedBlock block, long storedSize, BlockFinding finding) {
			int number = block.number();
			if (finding instanceof BlockFinding.Truncated truncated) {
				index.recordProblem(number, storedSize, ProblemKind.TRUNCATED_BLOCK, truncated.detail());
			}
			else if (finding instanceof BlockFinding.ChecksumMismatch mismatch) {
				index.recordProblem(number, storedSize, ProblemKind.CHECKSUM_MISMATCH, mismatch.detail());
			}
			else if (finding instanceof BlockFinding.Undecodable undecodable) {
				index.recordProblem(number, storedSize, ProblemKind.UNDECODABLE_BLOCK, undecodable.detail());
			}
			else if (finding instanceof BlockFinding.Intact intact) {
				index.recordIntact(number, storedSize, intact.stored());
			}
			listener.blockDone(volume, storedSize);
		}

		@Override
		public void missing(WantedBlock block) {
			index.recordProblem(block.number(), 0, ProblemKind.MISSING_BLOCK, "is not in the bucket");
			listener.blockDone(volume, 0);
		}

	}

}
