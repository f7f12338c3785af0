package dev.longhaul.backupstore.mirror;

import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.backupstore.verify.Problem;
import dev.longhaul.backupstore.verify.ProblemKind;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * What became of one volume of the source.
 *
 * @param claim the claim it was bound to at its latest backup; null if that is not known
 * @param skipped why nothing of it was copied; null if it was not skipped
 * @param plan what there was to do; null if it was skipped before that was known
 * @param backups oldest first; those that were never finished or cannot be read last
 * @param problems of the volume as a whole
 * @param vanished backups that were deleted in the source meanwhile
 * @param copied blocks that were copied
 * @param healed blocks that were read back in the destination and found damaged there
 * @param config what became of its {@code volume.cfg}
 * @param notes what else a reader should know
 */
public record MirroredVolume(VolumeName name, @Nullable ClaimRef claim, @Nullable String skipped,
		@Nullable VolumePlan plan, List<MirroredBackup> backups, List<Problem> problems, List<BackupName> vanished,
		Load copied, long healed, ConfigOutcome config, List<String> notes) {

	public MirroredVolume {
		backups = List.copyOf(backups);
		problems = List.copyOf(problems);
		vanished = List.copyOf(vanished);
		notes = List.copyOf(notes);
	}

	/** Whether the source cannot restore something of it as it was. */
	public boolean hasDamage() {
		return Stream.concat(problems.stream(), backups.stream().flatMap(backup -> backup.problems().stream()))
			.anyMatch(problem -> problem.kind().severity() == ProblemKind.Severity.DAMAGE);
	}

	/** Whether something that could be copied was not. */
	public boolean isIncomplete() {
		return skipped != null || backups.stream().anyMatch(backup -> backup.state() == MirroredBackup.State.DEFERRED);
	}

	public long count(MirroredBackup.State state) {
		return backups.stream().filter(backup -> backup.state() == state).count();
	}

}
