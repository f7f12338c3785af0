package dev.longhaul.cli.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.verify.BackupReport;
import dev.longhaul.backupstore.verify.Problem;
import dev.longhaul.backupstore.verify.ProblemKind;
import dev.longhaul.backupstore.verify.VolumeReport;

/**
 * One thing that is wrong, and all the backups it is wrong for: several backups share a
 * block.
 *
 * @param affected none for a problem of the volume as a whole
 */
record ProblemGroup(Problem problem, List<BackupReport> affected) {

	private record Identity(ProblemKind kind, String key) {
	}

	/** The problems of a volume, damage first. */
	static List<ProblemGroup> of(VolumeReport volume) {
		Map<Identity, ProblemGroup> groups = new LinkedHashMap<>();
		for (Problem problem : volume.problems()) {
			group(groups, problem);
		}
		for (BackupReport backup : volume.backups()) {
			for (Problem problem : backup.problems()) {
				group(groups, problem).affected().add(backup);
			}
		}
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
