package dev.longhaul.scheduler.ledger;

import java.time.Instant;
import java.util.List;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Copy;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is kept of one restore point.
 *
 * @param copies besides the live volumes, each with what reading it back showed
 * @param answers of reading it back, newest first: at most {@value #MOST_ANSWERS}
 */
public record PointDetails(StoredPoint point, List<Part> parts, List<Copy> copies, List<ReadBack> answers,
		List<Export> exports) {

	static final int MOST_ANSWERS = 100;

	public PointDetails {
		parts = List.copyOf(parts);
		copies = List.copyOf(copies);
		answers = List.copyOf(answers);
		exports = List.copyOf(exports);
	}

	/** The backup of one volume. */
	public record Part(ClaimRef claim, VolumeName volume, SnapshotName snapshot, Instant snapshotAt, BackupName backup,
			ByteSize size) {
	}

	/**
	 * One answer of reading it back.
	 *
	 * @param run that read it; its own night, if it is that
	 * @param mirror where it was read; null for the target of its night
	 */
	public record ReadBack(Night run, @Nullable String mirror, Proof proof) {
	}

	/** What was exported beside it. */
	public sealed interface Export {

		ExportName name();

		/** It was kept. */
		record Kept(ExportName name, String origin, ByteSize plain, ByteSize stored, Encryption encryption,
				Instant takenAt, Instant checkedAt) implements Export {
		}

		/** It could not be made. */
		record Failed(ExportName name, String reason) implements Export {
		}

	}

	/** Whether an export can be read by whoever can read the bucket. */
	public enum Encryption {

		ENCRYPTED, NONE

	}

}
