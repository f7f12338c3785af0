package dev.longhaul.backupstore.verify;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.ReadManifest;
import dev.longhaul.backupstore.inventory.VolumeFolder.ManifestFile;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * The report on one backup while it is being written.
 */
public final class BackupDraft {

	private final ManifestFile file;

	private final List<Problem> problems = new ArrayList<>();

	private long problemsLeftOut;

	private @Nullable ReadManifest read;

	private @Nullable ContentDigest digest;

	/** Whether its manifest was not the same each time it was read. */
	private boolean changed;

	/** Whether it was read to its end for the current slice. */
	private boolean readForSlice;

	/** The numbers of its blocks in the index of the current slice. */
	private BitSet blocks = new BitSet();

	private boolean tooLarge;

	private long missing;

	private long bytesRead;

	BackupDraft(ManifestFile file) {
		this.file = file;
	}

	public ManifestFile file() {
		return file;
	}

	String key() {
		return file.file().key();
	}

	boolean isReadable() {
		return read != null;
	}

	/** Whether it was read before, whatever came of it. */
	boolean isJudged() {
		return read != null || !problems.isEmpty();
	}

	@Nullable ReadManifest readManifest() {
		return read;
	}

	/**
	 * Its manifest, if it is finished and readable, so that its blocks are to be read;
	 * else null.
	 */
	public @Nullable BackupManifest provable() {
		return (read != null && read.manifest().isFinished()) ? read.manifest() : null;
	}

	boolean isUnfinished() {
		return read != null && !read.manifest().isFinished();
	}

	/** The numbers of its blocks in the index of the slice that is being worked on. */
	public BitSet blocks() {
		return blocks;
	}

	/** Whether the index took not all of its blocks. */
	boolean isTooLarge() {
		return tooLarge;
	}

	void beginSlice() {
		blocks = new BitSet();
		tooLarge = false;
		readForSlice = false;
	}

	/**
	 * Whether its manifest was read to its end for the slice that is being worked on, so
	 * that all of its blocks are in the index.
	 */
	public boolean wasReadForSlice() {
		return readForSlice;
	}

	/**
	 * @param number of a block in the index, or {@link BlockIndex#FULL}
	 */
	void refersTo(int number) {
		if (number == BlockIndex.FULL) {
			tooLarge = true;
		}
		else {
			blocks.set(number);
		}
	}

	void read(ReadManifest manifest) {
		this.read = manifest;
	}

	void saw(ContentDigest content) {
		changed |= digest != null && !digest.equals(content);
		digest = content;
		readForSlice = true;
	}

	/** Of its manifest; null as long as it could not be read to its end. */
	public @Nullable ContentDigest digest() {
		return digest;
	}

	/** Whether its manifest was another one when it was read again. */
	public boolean hasChanged() {
		return changed;
	}

	public boolean hasProblems() {
		return !problems.isEmpty();
	}

	/** It cannot be read after all. */
	void refuse(String detail) {
		read = null;
		add(ProblemKind.UNREADABLE_MANIFEST, key(), detail);
	}

	void addMissing(long entries) {
		missing += entries;
	}

	void addBytesRead(long bytes) {
		bytesRead += bytes;
	}

	void add(ProblemKind kind, String key, String detail) {
		if (problems.size() < BackupReport.MAX_PROBLEMS) {
			problems.add(new Problem(kind, key, detail));
		}
		else {
			problemsLeftOut++;
		}
	}

	/** The report as it stands. */
	public BackupReport finish() {
		if (read == null) {
			return new BackupReport(file.backup(), BackupReport.State.UNREADABLE, null, ByteSize.ZERO, 0, 0,
					ByteSize.ZERO, problems, problemsLeftOut);
		}
		BackupManifest manifest = read.manifest();
		long count = read.blocks().count();
		if (!manifest.isFinished()) {
			return new BackupReport(file.backup(), BackupReport.State.IN_PROGRESS, null, manifest.size(), count, 0,
					ByteSize.ZERO, problems, problemsLeftOut);
		}
		BackupReport.State state = problems.isEmpty() ? BackupReport.State.PROVEN : BackupReport.State.DAMAGED;
		return new BackupReport(file.backup(), state, manifest.createdAt(), manifest.size(), count, count - missing,
				new ByteSize(bytesRead), problems, problemsLeftOut);
	}

}
