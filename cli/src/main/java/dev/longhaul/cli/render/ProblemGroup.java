package dev.longhaul.cli.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.verify.Problem;
import dev.longhaul.backupstore.verify.ProblemKind;
import dev.longhaul.backupstore.verify.VolumeReport;
import dev.longhaul.core.backup.BackupName;

/**
 * One thing that is wrong, and all the backups it is wrong for: several backups share a
 * block.
 *
 * @param affected none for a problem of the volume as a whole
 */
record ProblemGroup(Problem problem, List<BackupName> affected) {

	private record Identity(ProblemKind kind, String key) {
	}

	/** The problems of a volume, damage first. */
	static List<ProblemGroup> of(VolumeReport volume) {
		Map<BackupName, List<Problem>> ofBackups = new LinkedHashMap<>();
		volume.backups().forEach(backup -> ofBackups.put(backup.name(), backup.problems()));
		return of(volume.problems(), ofBackups);
	}

	/** The problems of a volume and of its backups, damage first. */
	static List<ProblemGroup> of(List<Problem> ofVolume, Map<BackupName, List<Problem>> ofBackups) {
		Map<Identity, ProblemGroup> groups = new LinkedHashMap<>();
		ofVolume.forEach(problem -> group(groups, problem));
		ofBackups
			.forEach((backup, problems) -> problems.forEach(problem -> group(groups, problem).affected().add(backup)));
		return groups.values().stream().sorted(Comparator.comparing(ProblemGroup::isDamage).reversed()).toList();
	}

	private static ProblemGroup group(Map<Identity, ProblemGroup> groups, Problem problem) {
		return groups.computeIfAbsent(new Identity(problem.kind(), problem.key()),
				unseen -> new ProblemGroup(problem, new ArrayList<>()));
	}

	boolean isDamage() {
		return problem.kind().severity() == ProblemKind.Severity.DAMAGE;
	}

}
