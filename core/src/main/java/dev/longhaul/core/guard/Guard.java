package dev.longhaul.core.guard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.FileSystem;
import dev.longhaul.core.volume.Original;
import dev.longhaul.core.volume.SeenFileSystem;
import org.jspecify.annotations.Nullable;

/**
 * Compares a volume with the last restore point its claim was in. A claim can have come
 * by an empty volume, under its old name or another, and night after night its backups
 * would take the places of those that are worth keeping (Longhorn's issue 3188). Pure.
 *
 * @param shrink by how many percent what a volume holds may shrink from one restore point
 * to the next: from 1 to 99
 */
public record Guard(int shrink, Accepted accepted) {

	/** Half of it. */
	public static final int USUAL_SHRINK = 50;

	private static final int WHOLE = 100;

	public Guard {
		if (shrink < 1 || shrink >= WHOLE) {
			throw new IllegalArgumentException("a volume may shrink by 1 to 99 percent, not by " + shrink);
		}
	}

	/**
	 * What is known before the backup.
	 * @param size of the volume
	 * @param last the claim's newest backup in a restore point
	 */
	public Optional<Objection> beforeBackup(ClaimRef claim, ByteSize size, VolumeBackup last) {
		Original before = last.original();
		if (before == null || isRecreated(claim) || size.compareTo(before.size()) >= 0) {
			return Optional.empty();
		}
		return Optional.of(new Objection(claim,
				"the volume of claim '%s' has %s, and had %s at %s; Longhorn makes no volume smaller, so it is another one"
					.formatted(claim, size, before.size(), last.snapshotAt()),
				Objection.Kind.RECREATED));
	}

	/**
	 * What is known once it is backed up.
	 * @param found the file system that was recognised in the backup; null if none was
	 * @param last the claim's newest backup in a restore point before
	 */
	public List<Objection> afterBackup(VolumeBackup made, @Nullable FileSystem found, VolumeBackup last) {
		List<Objection> objections = new ArrayList<>();
		if (!isRecreated(made.claim())) {
			formatted(made, found, last).ifPresent(objections::add);
			shrunk(made, last).ifPresent(objections::add);
		}
		return objections;
	}

	private Optional<Objection> formatted(VolumeBackup made, @Nullable FileSystem found, VolumeBackup last) {
		SeenFileSystem seen = seen(last);
		if (found == null || seen == null || found.equals(seen.fileSystem())) {
			return Optional.empty();
		}
		return Optional.of(new Objection(made.claim(),
				"on the volume of claim '%s' is %s, and was %s at %s: it was formatted anew, or is another one"
					.formatted(made.claim(), found, seen.fileSystem(), seen.at()),
				Objection.Kind.RECREATED));
	}

	/**
	 * Files that are deleted stay in the blocks of a backup until the volume is trimmed,
	 * so that much less data is a fresh volume or a trim.
	 */
	private Optional<Objection> shrunk(VolumeBackup made, VolumeBackup last) {
		long least = last.size().bytes() - share(last.size().bytes(), shrink);
		if (made.size().bytes() >= least || accepted.shrunk().contains(made.claim())) {
			return Optional.empty();
		}
		return Optional.of(new Objection(
				made.claim(), "the volume of claim '%s' holds %s, and held %s at %s: more than %d %% of it are gone"
					.formatted(made.claim(), made.size(), last.size(), last.snapshotAt(), shrink),
				Objection.Kind.SHRUNK));
	}

	private static long share(long bytes, int percent) {
		return bytes / WHOLE * percent + bytes % WHOLE * percent / WHOLE;
	}

	/**
	 * What is to be remembered of a volume's file system. One that is not recognised
	 * tonight does not make the last one forgotten: else it would be enough to overwrite
	 * a volume for one night.
	 * @param found the one that was recognised in tonight's backup; null if none was
	 * @param at the time of tonight's data
	 * @param last the claim's newest backup in a restore point before; null if there is
	 * none
	 */
	public @Nullable SeenFileSystem remembered(ClaimRef claim, @Nullable FileSystem found, Instant at,
			@Nullable VolumeBackup last) {
		if (found != null) {
			return new SeenFileSystem(found, at);
		}
		return (last == null || isRecreated(claim)) ? null : seen(last);
	}

	private static @Nullable SeenFileSystem seen(VolumeBackup backup) {
		return Optional.ofNullable(backup.original()).map(Original::fileSystem).orElse(null);
	}

	private boolean isRecreated(ClaimRef claim) {
		return accepted.recreated().contains(claim);
	}

}
