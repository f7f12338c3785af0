package dev.longhaul.core.retention;

import java.time.Instant;
import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.retention.Condition.Complete;
import dev.longhaul.core.retention.Condition.Gone;
import dev.longhaul.core.retention.Condition.Unfinished;
import dev.longhaul.core.retention.Listing.InFull;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Proof.Proven;
import dev.longhaul.core.verdict.Proof.Refuted;
import dev.longhaul.core.verdict.Proof.Unread;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;

/**
 * Restore points of one application with one volume.
 */
final class Points {

	static final ApplicationName APPLICATION = new ApplicationName("nextcloud");

	static final String TARGET = "s3://longhorn-backups@eu-central-003/";

	static final Condition PROVEN = new Complete(new Proven(Instant.EPOCH, 43, ByteSize.ofMebibytes(86)));

	static final Condition REFUTED = new Complete(new Refuted(Instant.EPOCH, "checksum-mismatch in 1 block"));

	static final Condition UNREAD = new Complete(new Unread("not read yet"));

	static final Condition UNFINISHED = new Unfinished("the cluster went away");

	private static final VolumeName VOLUME = new VolumeName("pvc-1");

	private static final JobName NIGHTLY = new JobName("nightly");

	private Points() {
	}

	static Night night(String scheduledFor) {
		return new Night(NIGHTLY, Instant.parse(scheduledFor));
	}

	/** Proven, neither pinned nor in use, and taken when it was due. */
	static StoredPoint proven(String takenAt) {
		return point(night(takenAt), Instant.parse(takenAt), PROVEN);
	}

	static StoredPoint point(Night night, Instant takenAt, Condition condition) {
		VolumeBackup backup = new VolumeBackup(new ClaimRef("apps", "nextcloud-data"), VOLUME,
				night.snapshotName(APPLICATION, VOLUME), takenAt, night.backupName(APPLICATION, VOLUME),
				ByteSize.ofMebibytes(86));
		return new StoredPoint(night, new RestorePoint(APPLICATION, List.of(backup)), condition, null, List.of());
	}

	static StoredPoint pinned(StoredPoint point, String reason) {
		return new StoredPoint(point.night(), point.restorePoint(), point.condition(), new Pin(reason), point.uses(),
				point.exports());
	}

	static StoredPoint used(StoredPoint point, Use... uses) {
		return new StoredPoint(point.night(), point.restorePoint(), point.condition(), point.pin(), List.of(uses));
	}

	static StoredPoint exporting(StoredPoint point, String name) {
		Fingerprint bytes = new Fingerprint(ByteSize.ofMebibytes(1), "0a".repeat(32));
		StoredExport export = new StoredExport(new ExportName(name), "output of " + name, bytes, bytes, List.of(),
				point.takenAt(), point.takenAt());
		return new StoredPoint(point.night(), point.restorePoint(), point.condition(), point.pin(), point.uses(),
				List.of(export));
	}

	static StoredPoint gone(StoredPoint point) {
		return new StoredPoint(point.night(), point.restorePoint(), new Gone(), point.pin(), List.of(),
				point.exports());
	}

	static Inventory inventory(List<StoredPoint> points) {
		return new Inventory(APPLICATION, TARGET, new InFull(), points);
	}

	/** What is left on the target once the plan was carried out. */
	static Inventory leftBy(RetentionPlan plan) {
		return inventory(plan.kept().stream().map(Decision::point).toList());
	}

}
