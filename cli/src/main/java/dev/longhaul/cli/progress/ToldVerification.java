package dev.longhaul.cli.progress;

import java.io.PrintWriter;

import dev.longhaul.backupstore.verify.BackupReport;
import dev.longhaul.backupstore.verify.VolumeReport;

/**
 * One plain line for each volume that is done, for logs.
 */
final class ToldVerification implements VerificationProgress {

	private final PrintWriter errors;

	ToldVerification(PrintWriter errors) {
		this.errors = errors;
	}

	@Override
	public void volumeDone(VolumeReport report) {
		long proven = report.backups().stream().filter(backup -> backup.state() == BackupReport.State.PROVEN).count();
		errors.println("%s: %d of %d backups proven, %d blocks, %s".formatted(report.name(), proven,
				report.backups().size(), report.distinctBlocks(), report.bytesRead()));
	}

}
