package dev.longhaul.batch.backup;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.backupstore.verify.BackupReport;
import dev.longhaul.backupstore.verify.Problem;
import dev.longhaul.backupstore.verify.ProblemKind;
import dev.longhaul.backupstore.verify.VerificationReport;
import dev.longhaul.core.backup.BackupName;

/**
 * Says in one line what a read back found wrong.
 */
public final class Finding {

	private Finding() {
	}

	/**
	 * @param wanted the backups that were to be proven, not all of which were
	 */
	public static String describe(VerificationReport report, Set<BackupName> wanted) {
		Optional<String> damage = Stream
			.concat(report.volumes().stream().flatMap(volume -> volume.problems().stream()),
					report.backups().flatMap(backup -> backup.problems().stream()))
			.filter(problem -> problem.kind().severity() == ProblemKind.Severity.DAMAGE)
			.findFirst()
			.map(Finding::describe);
		return damage.orElseGet(() -> describeUnproven(report, wanted));
	}

	private static String describe(Problem problem) {
		return "%s: %s %s".formatted(problem.kind().word(), problem.key(), problem.detail());
	}

	private static String describeUnproven(VerificationReport report, Set<BackupName> wanted) {
		Set<BackupName> seen = report.backups().map(BackupReport::name).collect(Collectors.toSet());
		return wanted.stream()
			.filter(backup -> !seen.contains(backup))
			.findFirst()
			.map(backup -> "backup '%s' was deleted while it was read back".formatted(backup))
			.orElseGet(() -> report.backups()
				.filter(backup -> backup.state() != BackupReport.State.PROVEN)
				.map(backup -> "backup '%s' is %s".formatted(backup.name(), backup.state().word()))
				.collect(Collectors.joining("; ")));
	}

}
