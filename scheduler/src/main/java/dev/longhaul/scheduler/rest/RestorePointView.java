package dev.longhaul.scheduler.rest;

import java.time.Instant;
import java.util.List;

import dev.longhaul.core.verdict.Copy;
import dev.longhaul.scheduler.ledger.PointDetails;
import dev.longhaul.scheduler.ledger.StoredPoint;
import org.jspecify.annotations.Nullable;

/**
 * A restore point.
 *
 * @param scheduledFor with the job, what its night is known by
 * @param takenAt the time of its data
 * @param spread how far apart in time its snapshots are, as ISO 8601 has it
 * @param quiet for how long the application was kept quiet, as ISO 8601 has it; null if
 * it was not
 * @param bytes blocks times block size of all volumes
 * @param proof by everything that was read of it in its target
 */
record RestorePointView(String application, String job, Instant scheduledFor, Instant takenAt, String spread,
		@Nullable String quiet, long bytes, int volumes, @Nullable String revision, ProofView proof) {

	static RestorePointView of(StoredPoint point) {
		return new RestorePointView(point.application().value(), point.night().job().value(),
				point.night().scheduledFor(), point.takenAt(), point.spread().toString(),
				(point.quiet() != null) ? point.quiet().lasted().toString() : null, point.size().bytes(),
				point.volumes(), point.revision(), ProofView.of(point.proof()));
	}

	/**
	 * With all that is kept of it.
	 *
	 * @param copies besides the live volumes
	 * @param readings of what was read back, newest first
	 * @param exports of what was kept beside it
	 */
	record Details(RestorePointView restorePoint, List<BackupView> backups, List<CopyView> copies,
			List<ReadingView> readings, List<ExportView> exports) {

		static Details of(PointDetails details) {
			return new Details(RestorePointView.of(details.point()),
					details.parts().stream().map(BackupView::of).toList(),
					details.copies().stream().map(CopyView::of).toList(),
					details.answers().stream().map(ReadingView::of).toList(),
					details.exports().stream().map(ExportView::of).toList());
		}

	}

	/** The backup of one volume. */
	record BackupView(String claim, String volume, String snapshot, Instant snapshotAt, String backup, long bytes) {

		static BackupView of(PointDetails.Part part) {
			return new BackupView(part.claim().toString(), part.volume().value(), part.snapshot().value(),
					part.snapshotAt(), part.backup().value(), part.size().bytes());
		}

	}

	/**
	 * @param site null if nobody declared it
	 */
	record CopyView(String place, String medium, @Nullable String site, ProofView proof) {

		static CopyView of(Copy copy) {
			return new CopyView(copy.place(), copy.medium(), copy.site(), ProofView.of(copy.proof()));
		}

	}

	/**
	 * One answer of reading it back.
	 *
	 * @param job with {@code scheduledFor}, the run that read it
	 * @param mirror where it was read; null for the target of its night
	 */
	record ReadingView(String job, Instant scheduledFor, @Nullable String mirror, ProofView proof) {

		static ReadingView of(PointDetails.ReadBack reading) {
			return new ReadingView(reading.run().job().value(), reading.run().scheduledFor(), reading.mirror(),
					ProofView.of(reading.proof()));
		}

	}

	/**
	 * All but the name is null where it could not be made, and then there is a failure.
	 *
	 * @param origin what it is of
	 * @param bytes as they lie in the bucket
	 * @param encrypted whether who can read the bucket cannot read it
	 */
	record ExportView(String name, @Nullable String origin, @Nullable Long bytes, @Nullable Boolean encrypted,
			@Nullable Instant takenAt, @Nullable String failure) {

		static ExportView of(PointDetails.Export export) {
			if (export instanceof PointDetails.Export.Kept kept) {
				return new ExportView(kept.name().value(), kept.origin(), kept.stored().bytes(),
						kept.encryption() == PointDetails.Encryption.ENCRYPTED, kept.takenAt(), null);
			}
			PointDetails.Export.Failed failed = (PointDetails.Export.Failed) export;
			return new ExportView(failed.name().value(), null, null, null, null, failed.reason());
		}

	}

}
