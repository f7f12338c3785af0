package dev.longhaul.backupstore.verify;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.core.volume.ByteSize;

/**
 * The outcome of reading a target back.
 *
 * @param took from the first call to the last
 */
public record VerificationReport(List<VolumeReport> volumes, Duration took) {

	public VerificationReport {
		volumes = List.copyOf(volumes);
	}

	public long count(BackupReport.State state) {
		return backups().filter(backup -> backup.state() == state).count();
	}

	public long distinctBlocks() {
		return volumes.stream().mapToLong(VolumeReport::distinctBlocks).sum();
	}

	public ByteSize bytesRead() {
		return volumes.stream().map(VolumeReport::bytesRead).reduce(ByteSize.ZERO, ByteSize::plus);
	}

	/** Whether anything that should be restorable is not. */
	public boolean hasDamage() {
		return problems().anyMatch(problem -> problem.kind().severity() == ProblemKind.Severity.DAMAGE);
	}

	public Stream<BackupReport> backups() {
		return volumes.stream().flatMap(volume -> volume.backups().stream());
	}

	private Stream<Problem> problems() {
		return Stream.concat(volumes.stream().flatMap(volume -> volume.problems().stream()),
				backups().flatMap(backup -> backup.problems().stream()));
	}

}
