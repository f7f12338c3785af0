package dev.longhaul.cli.render;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.longhaul.backupstore.export.LostBlock;
import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.restore.choice.Absence;
import dev.longhaul.restore.choice.ChosenPoint;
import dev.longhaul.restore.choice.Origin;
import dev.longhaul.restore.files.ExportOutcome;
import dev.longhaul.restore.files.FilesReport;
import dev.longhaul.restore.files.TreeProblem;
import dev.longhaul.restore.files.TreeReport;
import dev.longhaul.restore.files.VolumeOutcome;
import dev.longhaul.restore.files.VolumeOutcome.State;

/**
 * What came of restoring files, for people.
 */
public final class FilesText {

	/** The files beside the trees have all. */
	private static final int SHOWN = 20;

	private final Page page;

	private final Style style;

	public FilesText(Page page) {
		this.page = page;
		this.style = page.style();
	}

	public String render(FilesReport report) {
		StringBuilder text = new StringBuilder();
		text.append("Files from %s in %s   %s, %s%n".formatted(Printable.of(page.target()),
				Printable.of(report.directory().toString()), Counts.of(report.points().size(), "application"),
				Counts.of(report.volumes().size(), "volume")));
		if (!report.volumes().isEmpty()) {
			text.append('\n').append(volumes(report).text("  ", page.width()));
		}
		report.volumes().stream().filter(volume -> !isPlain(volume)).forEach(volume -> append(text, report, volume));
		appendExports(text, report);
		appendNewer(text, report);
		append(text, "Missing", report.missing());
		append(text, "Not taken", report.leftOut());
		appendOwners(text, report);
		return text.toString();
	}

	private Table volumes(FilesReport report) {
		Table table = new Table();
		table.add(head("claim"), head("size"), head("restore point"), head("proven"), head("file system"),
				head("files"), head("in"));
		for (VolumeOutcome volume : report.volumes()) {
			TreeReport tree = volume.tree();
			table.add(Cell.left(volume.order().label()), Cell.left(volume.size().toString()),
					Cell.left(page.times().of(volume.order().dataAt())), proven(report, volume), state(volume),
					Cell.left((tree != null) ? String.format(Locale.ROOT, "%,d, %s", tree.files(), tree.size())
							: Times.UNKNOWN),
					Cell.left(place(volume) + (volume.isThereAlready() ? " (was there)" : "")));
		}
		return table;
	}

	private Cell head(String text) {
		return Cell.painted(text, style::faint);
	}

	private static String place(VolumeOutcome volume) {
		if (volume.tree() != null) {
			return volume.order().name() + "/";
		}
		return (volume.image() != null) ? volume.image() : Times.UNKNOWN;
	}

	private Cell proven(FilesReport report, VolumeOutcome volume) {
		Optional<Proof> proof = report.point(volume).map(ChosenPoint::proof);
		if (proof.isPresent() && proof.get() instanceof Proof.Proven proven) {
			return Cell.painted("● " + page.times().of(proven.at()), style::good);
		}
		if (proof.isPresent() && proof.get() instanceof Proof.Refuted) {
			return Cell.painted("✕ damaged", style::bad);
		}
		return Cell.painted("◌ never read", style::uncertain);
	}

	private Cell state(VolumeOutcome volume) {
		String words = (volume.fileSystem().isEmpty() ? "" : volume.fileSystem() + ", ") + volume.state().word();
		return switch (volume.state()) {
			case SOUND -> Cell.painted("● " + words, style::good);
			case UNCHECKED -> Cell.painted("◌ " + words, style::uncertain);
			case DAMAGED, FAILED -> Cell.painted("✕ " + words, style::bad);
		};
	}

	private static boolean isPlain(VolumeOutcome volume) {
		TreeReport tree = volume.tree();
		return volume.state() == State.SOUND && volume.image() == null && (tree == null || tree.others() == 0);
	}

	/** What is to be said of one volume beyond its row. */
	private void append(StringBuilder text, FilesReport report, VolumeOutcome volume) {
		List<String> lines = new ArrayList<>(volume.findings());
		for (LostBlock lost : first(volume.lost())) {
			lines.add("lost: %s at %d: %s".formatted(new ByteSize(lost.length()), lost.offset(), lost.why()));
		}
		if (volume.lostCount() > SHOWN) {
			lines.add("%d blocks are lost in all".formatted(volume.lostCount()));
		}
		TreeReport tree = volume.tree();
		if (tree != null) {
			lines.addAll(lines(volume, tree));
		}
		if (tree != null && volume.image() != null) {
			lines.add("%s is its image, with its journal replayed".formatted(volume.image()));
		}
		text.append('\n').append(style.strong(Printable.of(volume.order().label()))).append('\n');
		lines.forEach(line -> text.append(Prose.of(line, "  ", page.width())).append('\n'));
		hints(report, volume).forEach(hint -> text.append(Prose.of("hint: " + hint, "  ", page.width())).append('\n'));
	}

	private static List<String> lines(VolumeOutcome volume, TreeReport tree) {
		List<String> lines = new ArrayList<>();
		for (TreeProblem problem : first(tree.problems())) {
			lines.add("%s: %s".formatted(problem.path().isEmpty() ? "the tree" : problem.path(), problem.what()));
		}
		if (tree.problemCount() > SHOWN) {
			lines
				.add("%,d files and directories are not as they were; lines with \"problem\" in %s.files.jsonl name all"
					.formatted(tree.problemCount(), volume.order().name()));
		}
		if (tree.others() > 0) {
			lines.add("%s listed and not made: devices, pipes and sockets hold nothing"
				.formatted((tree.others() == 1) ? "1 is" : tree.others() + " are"));
		}
		return lines;
	}

	private static <T> List<T> first(List<T> all) {
		return all.subList(0, Math.min(SHOWN, all.size()));
	}

	private List<String> hints(FilesReport report, VolumeOutcome volume) {
		List<String> hints = new ArrayList<>();
		if (volume.image() != null) {
			imageHint(volume, Commands.quoted(report.directory().resolve(volume.image()).toString()))
				.ifPresent(hints::add);
		}
		if (volume.state() == State.FAILED || volume.state() == State.DAMAGED) {
			report.older(volume.order().application()).ifPresent(older -> hints.add(olderHint(report, older)));
		}
		if (volume.code() == FailureCode.BACKUP_DAMAGED) {
			hints.add("--best-effort saves what is left of this one");
		}
		return hints;
	}

	private static Optional<String> imageHint(VolumeOutcome volume, String image) {
		return switch (volume.fileSystem()) {
			case "xfs" -> Optional
				.of("as root: mount -o loop,nouuid %s /mnt replays its log; if it cannot, mount -o ".formatted(image)
						+ "loop,nouuid,ro,norecovery reads it without");
			case "LUKS" -> Optional
				.of("as root: cryptsetup open %s rescued, then mount /dev/mapper/rescued /mnt; the ".formatted(image)
						+ "passphrase is CRYPTO_KEY_VALUE of the Secret that its storage class names");
			case "unknown" -> Optional.of("'blkid %s' and 'file -s %s' may know what it is".formatted(image, image));
			default -> (volume.tree() != null) ? Optional.empty() : Optional
				.of("'e2fsck -b 32768 %s' tries another superblock, on the image that was kept".formatted(image));
		};
	}

	private String olderHint(FilesReport report, ChosenPoint older) {
		String which = (older.origin() instanceof Origin.Recorded recorded)
				? "--restore-point %s@%s".formatted(recorded.night().job(), recorded.night().stamp())
				: "--as-of " + older.volumes()
					.stream()
					.map(volume -> volume.dataAt())
					.max((one, other) -> one.compareTo(other))
					.orElseThrow();
		Path beside = report.directory().resolveSibling(report.directory().getFileName() + "-older");
		return "the next older one: longhaul restore files %s --application %s %s --to %s"
			.formatted(Commands.quoted(page.target()), older.application(), which, Commands.quoted(beside.toString()));
	}

	/** Newer data is there, and somebody may want it all the same. */
	private void appendNewer(StringBuilder text, FilesReport report) {
		for (ChosenPoint point : report.points()) {
			point.passedOver()
				.stream()
				.findFirst()
				.ifPresent(newer -> text.append('\n')
					.append(Prose.of(
							"note: '%s' has a newer restore point, of %s, which was not taken: %s"
								.formatted(point.application(), page.times().of(newer.takenAt()), newer.why()),
							"", page.width()))
					.append('\n'));
		}
	}

	private void appendExports(StringBuilder text, FilesReport report) {
		if (report.exports().isEmpty()) {
			return;
		}
		Table table = new Table();
		List<String> notes = new ArrayList<>();
		for (ExportOutcome export : report.exports()) {
			Path file = export.file();
			Cell result = (file != null) ? found(export)
					: Cell.painted("✕ " + String.valueOf(export.problem()), style::bad);
			table.add(Cell.left(export.application().value()), Cell.left(export.export().name().value()),
					Cell.left(export.export().origin()), Cell.left(export.export().plain().size().toString()), result,
					Cell.left((file != null) ? report.directory().relativize(file).toString() : Times.UNKNOWN));
			if (file != null && export.isRepository()) {
				notes.add("git clone %s makes a repository of the bundle".formatted(Commands.quoted(file.toString())));
			}
		}
		if (report.exports().stream().anyMatch(export -> export.form() == ExportOutcome.Form.ENCRYPTED)) {
			notes.add("age -d -i IDENTITY FILE.zst.age | zstd -d opens an encrypted export");
		}
		text.append("\nExports:\n").append(table.text("  ", page.width()));
		notes.forEach(note -> text.append(Prose.of(note, "  ", page.width())).append('\n'));
	}

	private Cell found(ExportOutcome export) {
		return (export.form() == ExportOutcome.Form.ENCRYPTED)
				? Cell.painted("◌ encrypted: give --identity", style::uncertain)
				: Cell.painted("● as it was kept", style::good);
	}

	private void append(StringBuilder text, String heading, List<Absence> absences) {
		if (absences.isEmpty()) {
			return;
		}
		Table table = new Table();
		absences.forEach(absence -> table.add(Cell.left(absence.subject()), Cell.left(absence.why())));
		text.append("\n%s:%n".formatted(heading)).append(table.text("  ", page.width()));
	}

	private void appendOwners(StringBuilder text, FilesReport report) {
		boolean hasTrees = report.volumes().stream().anyMatch(volume -> volume.tree() != null);
		if (hasTrees && !report.keepsOwners()) {
			text.append('\n')
				.append(Prose
					.of("note: all files are yours now, as only root can give them to their owners; FILES.files.jsonl "
							+ "beside each tree has owners, modes and checksums, and docs/restore-files.md how to "
							+ "put them back", "", page.width()))
				.append('\n');
		}
	}

}
