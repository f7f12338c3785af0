package dev.longhaul.backupstore.verify;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.backupstore.object.ObjectInfo;
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

	private final Verifier.Parts parts;

	private final VolumeName volume;

	private final VerificationListener listener;

	private final BackupSet backups;

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
		this.backups = new BackupSet(parts.store(), parts.layout(), parts.reader(), volume,
				folder.manifests().stream().filter(file -> selection.includes(file.backup())).toList(),
				parts.indexCapacity());
		this.drafts = backups.drafts();
		this.whole = drafts.size() == folder.manifests().size();
		this.leftovers = new Leftovers(folder, drafts, now);
	}

	VolumeReport run() throws IOException {
		VolumeConfig config = drafts.isEmpty() ? null : readConfig();
		backups.inSlices(this::takeSlice);
		backups.checkSizes(config);
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

	private void takeSlice(ChecksumRange range, BlockIndex index) throws IOException {
		fetch(index);
		backups.judge(index);
		if (whole) {
			countOrphans(range, index);
		}
	}

	private void fetch(BlockIndex index) throws IOException {
		FindingRecorder recorder = new FindingRecorder(index, bytes -> listener.blockDone(volume, bytes));
		for (BlockSize blockSize : BlockSize.values()) {
			long wanted = index.wanted(blockSize);
			if (wanted > 0) {
				distinctBlocks += wanted;
				listener.planned(volume, wanted);
				parts.pipeline().run(volume, blockSize, index.wantedBlocks(blockSize), recorder);
			}
		}
		for (int number = 0; number < index.size(); number++) {
			bytesRead += index.storedSize(number);
		}
	}

	private void countOrphans(ChecksumRange range, BlockIndex index) {
		new BlockListing(parts.store(), parts.layout(), volume, range).forEachRemaining(block -> {
			if (!index.contains(block.checksum())) {
				orphanCount++;
				orphanBytes += block.size();
			}
		});
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
		Set<BackupName> still = backups.namesStillThere();
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
		reports.sort(BackupReport.OLDEST_FIRST);
		if (still.isEmpty() && !drafts.isEmpty()) {
			// The whole volume was deleted meanwhile.
			problems.clear();
		}
		VolumeReport report = new VolumeReport(volume, claim, reports, problems, distinctBlocks,
				new ByteSize(bytesRead), orphans(still), vanished);
		listener.volumeDone(report);
		return report;
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

}
