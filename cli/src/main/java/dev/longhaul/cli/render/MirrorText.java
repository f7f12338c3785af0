package dev.longhaul.cli.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.catalog.CopiedDocuments;
import dev.longhaul.backupstore.mirror.Calls;
import dev.longhaul.backupstore.mirror.ConfigOutcome;
import dev.longhaul.backupstore.mirror.CopiedExports;
import dev.longhaul.backupstore.mirror.Extra;
import dev.longhaul.backupstore.mirror.Load;
import dev.longhaul.backupstore.mirror.MirrorReport.Kind;
import dev.longhaul.backupstore.mirror.MirrorReport;
import dev.longhaul.backupstore.mirror.MirroredBackup.State;
import dev.longhaul.backupstore.mirror.MirroredBackup;
import dev.longhaul.backupstore.mirror.MirroredVolume;
import dev.longhaul.backupstore.mirror.VolumePlan;
import dev.longhaul.backupstore.verify.Problem;
import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.volume.VolumeName;

/**
 * What was copied, or is to be, for people: each backup with what became of it, what was
 * left out and why, and the sum of it last.
 */
public final class MirrorText {

	/** More than anybody reads; the document for machines has them all. */
	private static final int SHOWN = 20;

	private final Page page;

	private final Style style;

	private final String destination;

	private final List<String> lines = new ArrayList<>();

	/**
	 * @param page about the source
	 */
	public MirrorText(Page page, String destination) {
		this.page = page;
		this.style = page.style();
		this.destination = destination;
	}

	public String render(MirrorReport report) {
		lines.clear();
		lines.add(Printable.of(page.target()) + "  ->  " + Printable.of(destination));
		report.volumes().forEach(this::addVolume);
		lines.add("");
		addExtra(report);
		addExports(report);
		addDocuments(report);
		addSummary(report);
		addCost(report);
		return String.join("\n", lines) + "\n";
	}

	private void addVolume(MirroredVolume volume) {
		lines.add("");
		Table heading = new Table();
		heading.add(Cell.painted(volume.name().value(), style::strong),
				Cell.left((volume.claim() != null) ? volume.claim().toString() : "claim not recorded"));
		lines.addAll(heading.lines("", page.width()));
		if (volume.skipped() != null) {
			addMarked("  ", style.uncertain("◌"), "skipped: %s; run it again later".formatted(volume.skipped()));
			return;
		}
		lines.addAll(backups(volume));
		addAsides(volume);
		addProblems(volume);
	}

	private List<String> backups(MirroredVolume volume) {
		Table table = new Table();
		for (MirroredBackup backup : volume.backups()) {
			table.add(mark(backup), Cell.left(backup.name().value()), Cell.right(page.times().of(backup.createdAt())),
					Cell.right((backup.createdAt() != null) ? backup.size().toString() : Times.UNKNOWN),
					Cell.left(answer(backup)));
		}
		return table.lines("  ", page.width());
	}

	private Cell mark(MirroredBackup backup) {
		return switch (backup.state()) {
			case COPIED, HELD -> Cell.painted("●", style::good);
			case DAMAGED, UNREADABLE -> Cell.painted("✕", style::bad);
			case PLANNED, IN_PROGRESS, DEFERRED -> Cell.painted("◌", style::uncertain);
		};
	}

	private static String answer(MirroredBackup backup) {
		return switch (backup.state()) {
			case COPIED -> "copied";
			case HELD -> "there already";
			case PLANNED -> "to be copied";
			case DAMAGED -> "damaged in the source, not copied";
			case UNREADABLE -> "its manifest cannot be read, not copied";
			case IN_PROGRESS -> "not finished, left out";
			case DEFERRED -> "left to the next run";
		};
	}

	private void addAsides(MirroredVolume volume) {
		VolumePlan plan = volume.plan();
		if (volume.backups().isEmpty()) {
			lines.add("  " + style.uncertain("◌") + "   no backups");
		}
		if (!volume.vanished().isEmpty()) {
			aside("deleted in the source meanwhile: " + names(volume.vanished()));
		}
		if (volume.healed() > 0) {
			aside(Counts.of(volume.healed(), "block") + " that the destination held damaged "
					+ ((volume.healed() == 1) ? "was" : "were") + " found");
		}
		if (volume.config() == ConfigOutcome.ADAPTED) {
			aside("volume.cfg names the newest backup that is in the destination as its last one; the source's last "
					+ "one is not there");
		}
		if (volume.config() == ConfigOutcome.KEPT) {
			aside("the destination's volume.cfg is of a later backup or a larger volume, and stays as it is");
		}
		if (plan != null && plan.extra() != null && !plan.extra().isEmpty()) {
			aside(extra(plan.extra()));
		}
		volume.notes().forEach(this::aside);
	}

	private static String extra(Extra extra) {
		List<String> parts = new ArrayList<>();
		if (!extra.backups().isEmpty()) {
			parts.add(names(extra.backups()));
		}
		if (extra.blocks().count() > 0) {
			parts.add("%s (%s)".formatted(Counts.of(extra.blocks().count(), "block"), extra.blocks().size()));
		}
		return "only in the destination, where nothing is removed: " + Counts.list(parts);
	}

	private static String names(List<BackupName> backups) {
		return Counts.list(backups.stream().map(BackupName::value).toList());
	}

	private void aside(String text) {
		lines.add(Prose.of(text, "  ", page.width()));
	}

	private void addProblems(MirroredVolume volume) {
		Map<BackupName, List<Problem>> ofBackups = new LinkedHashMap<>();
		volume.backups().forEach(backup -> ofBackups.put(backup.name(), backup.problems()));
		List<ProblemGroup> groups = ProblemGroup.of(volume.problems(), ofBackups);
		if (groups.isEmpty()) {
			return;
		}
		lines.add("");
		for (ProblemGroup group : groups.subList(0, Math.min(SHOWN, groups.size()))) {
			Problem problem = group.problem();
			lines.add("  %s %s   %s".formatted(style.bad("✕"), style.strong(problem.kind().word()), problem.key()));
			lines.add(Prose.of(problem.detail(), "    ", page.width()));
			if (!group.affected().isEmpty()) {
				lines.add(Prose.of("affects " + names(group.affected()), "    ", page.width()));
			}
		}
		if (groups.size() > SHOWN) {
			aside("… and %d more; --output json shows them".formatted(groups.size() - SHOWN));
		}
	}

	private void addExtra(MirrorReport report) {
		List<VolumeName> extra = report.plan().extraVolumes();
		if (!extra.isEmpty()) {
			String names = Counts.list(extra.stream().map(VolumeName::value).toList());
			lines.add(Prose.of("only in the destination, where nothing is removed: " + names, "", page.width()));
		}
	}

	private void addExports(MirrorReport report) {
		CopiedExports exports = report.exports();
		exports.damaged()
			.forEach(damage -> addMarked("", style.bad("✕"),
					"damaged in the source, not copied: %s: %s".formatted(damage.subject(), damage.reason())));
		boolean plan = report.kind() == Kind.PLAN;
		Load load = plan ? exports.planned() : exports.copied();
		if (load.count() > 0 || exports.held().count() > 0) {
			lines.add(Prose.of("%s %s, %s; %d there already".formatted(Counts.of(load.count(), "export"),
					plan ? "to be copied" : "copied", load.size(), exports.held().count()), "", page.width()));
		}
	}

	private void addDocuments(MirrorReport report) {
		CopiedDocuments documents = report.documents();
		report.refused()
			.forEach(refusal -> addMarked("", style.bad("✕"),
					"not believed, not copied: %s: %s".formatted(refusal.subject(), refusal.reason())));
		if (documents.copied() > 0) {
			lines.add(Prose.of("%s of nights %s".formatted(Counts.of(documents.copied(), "document"),
					(report.kind() == Kind.PLAN) ? "to be copied" : "copied"), "", page.width()));
		}
	}

	private void addSummary(MirrorReport report) {
		long damaged = report.count(State.DAMAGED) + report.count(State.UNREADABLE);
		String left = (report.count(State.IN_PROGRESS) > 0)
				? ", " + Counts.of(report.count(State.IN_PROGRESS), "unfinished backup") + " left out" : "";
		String done = (report.kind() == Kind.PLAN)
				? "%s to be copied, %d there already".formatted(Counts.of(report.count(State.PLANNED), "backup"),
						report.count(State.HELD))
				: "%s copied, %d there already".formatted(Counts.of(report.count(State.COPIED), "backup"),
						report.count(State.HELD));
		if (report.hasDamage()) {
			addMarked("", style.bad("✕"), ((damaged > 0) ? Counts.of(damaged, "backup") + " of the source damaged; "
					: "the source is damaged, though none of its backups; ") + done + left);
			lines.add(Prose.of(
					"hint: longhaul verify %s shows all that is damaged".formatted(Commands.quoted(page.target())),
					"  ", page.width()));
		}
		else if (report.isIncomplete()) {
			addMarked("", style.uncertain("◌"), done + left + "; what was skipped or deferred is left to the next run");
		}
		else {
			addMarked("", (report.kind() == Kind.PLAN) ? style.uncertain("◌") : style.good("●"), done + left);
		}
	}

	private void addCost(MirrorReport report) {
		if (report.kind() == Kind.PLAN) {
			Load load = report.plan().load();
			lines.add(Prose
				.of("to be copied: %s, %s; %s (%s) are there already".formatted(Counts.of(load.count(), "object"),
						load.size(), Counts.of(report.plan().blocksHeld().count(), "block"),
						report.plan().blocksHeld().size()), "  ", page.width()));
			lines.add(Prose.of(
					"costs %s of the source and %s to the destination".formatted(
							Counts.of(report.plan().reads(), "read"), Counts.of(report.plan().writes(), "write")),
					"  ", page.width()));
			return;
		}
		Load copied = report.copied();
		lines.add(Prose.of(
				"copied %s, %s in %s, %s".formatted(Counts.of(copied.count(), "block"), copied.size(),
						Spans.of(report.took()), Spans.rate(copied.size().bytes(), report.took())),
				"  ", page.width()));
		lines.add(Prose.of("calls of the source: %s; of the destination: %s".formatted(calls(report.source()),
				calls(report.destination())), "  ", page.width()));
	}

	private static String calls(Calls calls) {
		String text = "%s, %s".formatted(Counts.of(calls.lists(), "list"), Counts.of(calls.reads(), "read"));
		return (calls.writes() > 0) ? text + ", " + Counts.of(calls.writes(), "write") : text;
	}

	private void addMarked(String indent, String mark, String text) {
		lines.add(indent + mark + Prose.of(text, indent + "  ", page.width()).substring(indent.length() + 1));
	}

}
