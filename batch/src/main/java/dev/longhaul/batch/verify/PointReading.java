package dev.longhaul.batch.verify;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.verify.BackupReport;
import dev.longhaul.backupstore.verify.Selection;
import dev.longhaul.backupstore.verify.VerificationListener;
import dev.longhaul.backupstore.verify.VerificationReport;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.backupstore.verify.VolumeReport;
import dev.longhaul.batch.backup.Finding;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.run.Verification.Reading;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;

/**
 * Reads restore points of one application back, every distinct block once across all of
 * them, and says of each what that has shown.
 */
final class PointReading {

	private final Verifier verifier;

	private final Clock clock;

	PointReading(Verifier verifier, Clock clock) {
		this.verifier = verifier;
		this.clock = clock;
	}

	/**
	 * @throws dev.longhaul.core.failure.LonghaulException if the target could not be
	 * read, which proves and refutes nothing
	 */
	List<Reading> read(List<EarlierPoint> points) {
		List<EarlierPoint> whole = points.stream().filter(EarlierPoint::isWhole).toList();
		VerificationReport report = whole.isEmpty() ? null
				: verifier.verify(selection(whole), VerificationListener.NONE);
		return points.stream()
			.map(point -> point
				.reading((report != null && point.isWhole()) ? judge(report, backups(point)) : lost(point)))
			.toList();
	}

	private static Selection selection(List<EarlierPoint> points) {
		Set<VolumeName> volumes = points.stream()
			.flatMap(point -> point.restorePoint().backups().stream())
			.map(VolumeBackup::volume)
			.collect(Collectors.toSet());
		Set<BackupName> backups = points.stream().flatMap(point -> backups(point).stream()).collect(Collectors.toSet());
		return new Selection(volumes, backups);
	}

	private static Set<BackupName> backups(EarlierPoint point) {
		return point.restorePoint().backups().stream().map(VolumeBackup::backup).collect(Collectors.toSet());
	}

	private Proof lost(EarlierPoint point) {
		VolumeBackup gone = point.gone().orElseThrow();
		return new Proof.Refuted(clock.instant(),
				"backup '%s' of volume '%s' is not there any more".formatted(gone.backup(), gone.volume()));
	}

	private Proof judge(VerificationReport whole, Set<BackupName> wanted) {
		VerificationReport report = only(whole, wanted);
		List<BackupReport> backups = report.backups().toList();
		if (backups.size() < wanted.size()) {
			return new Proof.Unread("a backup of it was deleted while it was read back");
		}
		if (!report.hasDamage() && backups.stream().allMatch(backup -> backup.state() == BackupReport.State.PROVEN)) {
			return new Proof.Proven(clock.instant(), backups.stream().mapToLong(BackupReport::blocksRead).sum(),
					backups.stream().map(BackupReport::bytesRead).reduce(ByteSize.ZERO, ByteSize::plus));
		}
		return new Proof.Refuted(clock.instant(), Finding.describe(report, wanted));
	}

	/** What concerns one restore point: its own backups, and their volumes as such. */
	private static VerificationReport only(VerificationReport report, Set<BackupName> wanted) {
		return new VerificationReport(report.volumes()
			.stream()
			.map(volume -> new VolumeReport(volume.name(), volume.claim(),
					volume.backups().stream().filter(backup -> wanted.contains(backup.name())).toList(),
					volume.problems(), volume.distinctBlocks(), volume.bytesRead(), null, volume.vanished()))
			.filter(volume -> !volume.backups().isEmpty())
			.toList(), report.took());
	}

}
