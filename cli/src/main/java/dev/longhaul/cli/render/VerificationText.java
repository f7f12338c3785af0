package dev.longhaul.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.longhaul.backupstore.verify.BackupReport.State;
import dev.longhaul.backupstore.verify.BackupReport;
import dev.longhaul.backupstore.verify.ProblemKind;
import dev.longhaul.backupstore.verify.VerificationReport;
import dev.longhaul.backupstore.verify.VolumeReport.Orphans;
import dev.longhaul.backupstore.verify.VolumeReport;
import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.text.Spans;

/**
 * What reading back has shown, for people: each backup with its answer, what is wrong and
 * what to do about it, and the sum of it last, where the eye is.
 */
public final class VerificationText {

	private final Page page;

	private final Style style;

	private final List<String> lines = new ArrayList<>();

	public VerificationText(Page page) {
		this.page = page;
		this.style = page.style();
	}

	public String render(VerificationReport report) {
		lines.clear();
		lines.add(Printable.of(page.target()));
		for (VolumeReport volume : report.volumes()) {
			addVolume(volume);
		}
		lines.add("");
		addSummary(report);
		return String.join("\n", lines) + "\n";
	}

	private void addVolume(VolumeReport volume) {
		lines.add("");
		Table heading = new Table();
		heading.add(Cell.painted(volume.name().value(), style::strong),
				Cell.left((volume.claim() != null) ? volume.claim().toString() : "claim not recorded"));
		lines.addAll(heading.lines("", page.width()));
		lines.addAll(backups(volume));
		addAsides(volume);
		new ProblemText(page, volume).addTo(lines);
	}

	private List<String> backups(VolumeReport volume) {
		Table table = new Table();
		for (BackupReport backup : volume.backups()) {
			boolean read = backup.state() == State.PROVEN || backup.state() == State.DAMAGED;
			table.add(mark(backup), Cell.left(backup.name().value()), Cell.right(page.times().of(backup.createdAt())),
					Cell.right(read ? backup.size().toString() : Times.UNKNOWN),
					Cell.right(read ? blocks(backup) : Times.UNKNOWN), Cell.left(answer(backup)));
		}
		return table.lines("  ", page.width());
	}

	private Cell mark(BackupReport backup) {
		return switch (backup.state()) {
			case PROVEN -> Cell.painted("●", style::good);
			case DAMAGED, UNREADABLE -> Cell.painted("✕", style::bad);
			case IN_PROGRESS -> Cell.painted("◌", style::uncertain);
		};
	}

	private static String blocks(BackupReport backup) {
		return (backup.blocks() == backup.blocksRead()) ? Counts.of(backup.blocks(), "block")
				: "%d of %s".formatted(backup.blocksRead(), Counts.of(backup.blocks(), "block"));
	}

	private static String answer(BackupReport backup) {
		long problems = backup.problems().size() + backup.problemsLeftOut();
		return switch (backup.state()) {
			case PROVEN -> "proven";
			case DAMAGED -> "damaged: " + Counts.of(problems, "problem");
			case UNREADABLE -> "its manifest cannot be read";
			case IN_PROGRESS -> isAbandoned(backup) ? "abandoned before it was finished" : "in progress";
		};
	}

	private static boolean isAbandoned(BackupReport backup) {
		return backup.problems().stream().anyMatch(problem -> problem.kind() == ProblemKind.ABANDONED_BACKUP);
	}

	/** What is no problem of any backup. */
	private void addAsides(VolumeReport volume) {
		if (volume.backups().isEmpty()) {
			lines.add("  " + style.uncertain("◌") + "   no backups");
		}
		if (!volume.vanished().isEmpty()) {
			List<String> names = volume.vanished().stream().map(BackupName::value).toList();
			lines.add(Prose.of("deleted while it was read: " + Counts.list(names), "  ", page.width()));
		}
		Orphans orphans = volume.orphans();
		if (orphans != null && orphans.count() > 0) {
			String text = orphans.certain() ? "%s (%s) belong to no backup"
					: "%s (%s) belong to no backup whose manifest could be read; they may belong to one that is not finished or not readable";
			lines.add(Prose.of(
					String.format(Locale.ROOT, text, Counts.of(orphans.count(), "stored block"), orphans.size()), "  ",
					page.width()));
		}
	}

	private void addSummary(VerificationReport report) {
		long proven = report.count(State.PROVEN);
		long damaged = report.count(State.DAMAGED) + report.count(State.UNREADABLE);
		long inProgress = report.count(State.IN_PROGRESS);
		String unfinished = (inProgress > 0) ? ", " + Counts.of(inProgress, "unfinished backup") + " not judged" : "";
		if (damaged > 0) {
			addMarked(style.bad("✕"), "%d of %s damaged, %d proven%s".formatted(damaged,
					Counts.of(proven + damaged, "backup"), proven, unfinished));
		}
		else if (report.hasDamage()) {
			addMarked(style.bad("✕"), "the blocks of %s are intact, but not what describes their volume%s"
				.formatted(Counts.of(proven, "backup"), unfinished));
		}
		else if (proven > 0) {
			addMarked(style.good("●"), Counts.of(proven, "backup") + " proven" + unfinished);
		}
		else {
			addMarked(style.uncertain("◌"), "nothing to prove: there is no finished backup" + unfinished);
		}
		lines.add(Prose.of("read %s, %s in %s, %s".formatted(Counts.of(report.distinctBlocks(), "distinct block"),
				report.bytesRead(), Spans.of(report.took()), Spans.rate(report.bytesRead().bytes(), report.took())),
				"  ", page.width()));
	}

	private void addMarked(String mark, String text) {
		lines.add(mark + Prose.of(text, "  ", page.width()).substring(1));
	}

}
