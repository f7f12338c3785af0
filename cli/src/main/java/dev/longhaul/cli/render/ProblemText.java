package dev.longhaul.cli.render;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.backupstore.verify.BackupReport;
import dev.longhaul.backupstore.verify.BackupReport.State;
import dev.longhaul.backupstore.verify.Problem;
import dev.longhaul.backupstore.verify.ProblemKind;
import dev.longhaul.backupstore.verify.VolumeReport;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.backup.BackupName;

/**
 * What is wrong with the backups of one volume, what it affects, and the next step.
 */
final class ProblemText {

	/** More than anybody reads; the document for machines has a thousand per backup. */
	private static final int SHOWN = 20;

	private static final Set<ProblemKind> OF_BLOCKS = EnumSet.of(ProblemKind.MISSING_BLOCK, ProblemKind.TRUNCATED_BLOCK,
			ProblemKind.CHECKSUM_MISMATCH, ProblemKind.UNDECODABLE_BLOCK);

	private static final Set<ProblemKind> OF_MANIFESTS = EnumSet.of(ProblemKind.UNREADABLE_MANIFEST,
			ProblemKind.ABANDONED_BACKUP);

	private final Page page;

	private final Style style;

	private final VolumeReport volume;

	private final List<ProblemGroup> groups;

	ProblemText(Page page, VolumeReport volume) {
		this.page = page;
		this.style = page.style();
		this.volume = volume;
		this.groups = ProblemGroup.of(volume);
	}

	void addTo(List<String> lines) {
		if (groups.isEmpty()) {
			return;
		}
		lines.add("");
		for (ProblemGroup group : groups.subList(0, Math.min(SHOWN, groups.size()))) {
			addProblem(group, lines);
		}
		long more = groups.size() - SHOWN + leftOut();
		if (more > 0) {
			lines.add(Prose.of("… and %d more; --output json shows up to %d for each backup".formatted(more,
					BackupReport.MAX_PROBLEMS), "  ", page.width()));
		}
		addHints(lines);
	}

	private void addProblem(ProblemGroup group, List<String> lines) {
		Problem problem = group.problem();
		String mark = group.isDamage() ? style.bad("✕") : style.uncertain("◌");
		lines.add("  %s %s   %s".formatted(mark, style.strong(problem.kind().word()), problem.key()));
		lines.add(Prose.of(problem.detail(), "    ", page.width()));
		if (group.isDamage() && !group.affected().isEmpty()) {
			lines.add(Prose.of("affects " + affected(group), "    ", page.width()));
		}
	}

	private String affected(ProblemGroup group) {
		List<String> names = group.affected().stream().map(BackupName::value).toList();
		return Counts.list(names) + newestProven()
			.map(proven -> "; the newest proven backup is %s (%s)".formatted(proven.name(),
					page.times().of(proven.createdAt())))
			.orElse("; no backup of this volume is proven");
	}

	private void addHints(List<String> lines) {
		boolean blocks = groups.stream().anyMatch(group -> OF_BLOCKS.contains(group.problem().kind()));
		boolean manifests = groups.stream()
			.filter(group -> !group.affected().isEmpty())
			.anyMatch(group -> OF_MANIFESTS.contains(group.problem().kind()));
		boolean damage = groups.stream().anyMatch(ProblemGroup::isDamage);
		if (blocks) {
			hint(lines,
					"as long as the live volume is intact, a backup in Longhorn's mode 'full' writes all the blocks "
							+ "it still has anew; an incremental one goes on using the damaged ones");
		}
		if (damage) {
			newestProven().ifPresent(proven -> hint(lines, "take the newest proven backup out: "
					+ new Commands(page.target()).export(volume.name(), proven.name())));
		}
		if (manifests) {
			hint(lines,
					"delete in Longhorn the backups that cannot be read or were abandoned: as long as one is there, "
							+ "Longhorn frees no blocks of this volume");
		}
	}

	private void hint(List<String> lines, String text) {
		lines.add(Prose.of("hint: " + text, "  ", page.width()));
	}

	private Optional<BackupReport> newestProven() {
		return volume.backups()
			.stream()
			.filter(backup -> backup.state() == State.PROVEN)
			.max(Comparator.comparing(BackupReport::createdAt, Comparator.nullsFirst(Comparator.naturalOrder())));
	}

	private long leftOut() {
		return volume.backups().stream().mapToLong(BackupReport::problemsLeftOut).sum();
	}

}
