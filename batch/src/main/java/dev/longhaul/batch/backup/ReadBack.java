package dev.longhaul.batch.backup;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.verify.BackupReport;
import dev.longhaul.backupstore.verify.Selection;
import dev.longhaul.backupstore.verify.VerificationListener;
import dev.longhaul.backupstore.verify.VerificationReport;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.batch.check.ApplicationCheck;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.profile.Check;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;

/**
 * Reads a restore point back from the bucket, every block of it, and has the
 * application's data checked on what is there.
 */
final class ReadBack {

	private final Verifier verifier;

	private final ApplicationCheck check;

	private final Clock clock;

	private final NightListener listener;

	ReadBack(Verifier verifier, ApplicationCheck check, Clock clock, NightListener listener) {
		this.verifier = verifier;
		this.check = check;
		this.clock = clock;
		this.listener = listener;
	}

	/**
	 * @throws dev.longhaul.core.failure.LonghaulException if the bucket could not be
	 * read, which proves and refutes nothing
	 */
	Proof read(RestorePoint point, List<Check> checks) {
		Set<VolumeName> volumes = point.backups().stream().map(VolumeBackup::volume).collect(Collectors.toSet());
		Set<BackupName> backups = point.backups().stream().map(VolumeBackup::backup).collect(Collectors.toSet());
		VerificationReport report = verifier.verify(new Selection(volumes, backups),
				new Progress(point.application(), listener));
		Proof proof = judge(report, backups);
		return (proof instanceof Proof.Proven blocks && !checks.isEmpty()) ? checked(blocks, point, checks) : proof;
	}

	/** Blocks that are what was written are worth nothing if that was damaged already. */
	private Proof checked(Proof.Proven blocks, RestorePoint point, List<Check> checks) {
		listener.on(new NightEvent.Checking(point.application()));
		List<CheckResult> results;
		try {
			results = check.check(point, checks);
		}
		catch (DamagedData ex) {
			return new Proof.Refuted(clock.instant(), ex.fact());
		}
		String failed = results.stream()
			.filter(CheckResult.Failed.class::isInstance)
			.map(CheckResult.Failed.class::cast)
			.map(result -> "%s: %s".formatted(result.what(), result.finding()))
			.collect(Collectors.joining("; "));
		return failed.isEmpty() ? new Proof.Proven(blocks.at(), blocks.blocks(), blocks.read(), results)
				: new Proof.Refuted(clock.instant(), Proof.Flaw.DATA, failed);
	}

	private Proof judge(VerificationReport report, Set<BackupName> wanted) {
		Set<BackupName> proven = report.backups()
			.filter(backup -> backup.state() == BackupReport.State.PROVEN)
			.map(BackupReport::name)
			.collect(Collectors.toSet());
		if (proven.containsAll(wanted) && !report.hasDamage()) {
			return new Proof.Proven(clock.instant(), report.distinctBlocks(), report.bytesRead());
		}
		return new Proof.Refuted(clock.instant(), Finding.describe(report, wanted));
	}

	/**
	 * Passes progress on, not more often than it changes by a hundredth. Blocks are done
	 * by several threads; one at a time tells, so that progress never goes back.
	 */
	private static final class Progress implements VerificationListener {

		private final ApplicationName application;

		private final NightListener listener;

		private long planned;

		private long done;

		private long bytes;

		Progress(ApplicationName application, NightListener listener) {
			this.application = application;
			this.listener = listener;
		}

		@Override
		public synchronized void planned(VolumeName volume, long blocks) {
			planned += blocks;
		}

		@Override
		public synchronized void blockDone(VolumeName volume, long storedBytes) {
			bytes += storedBytes;
			done++;
			if (done % Math.max(1, planned / 100) == 0) {
				listener.on(new NightEvent.ReadingBack(application, done, planned, new ByteSize(bytes)));
			}
		}

	}

}
