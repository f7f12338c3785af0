package dev.longhaul.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ObjectCopy;

/**
 * What nights have recorded, for people.
 */
public final class RecordedText {

	/** Of a target that only Longhorn has written to. */
	static final String NOTHING = "\nno night is recorded here; 'longhaul verify' reads what Longhorn itself has written\n";

	private final Page page;

	private final Style style;

	public RecordedText(Page page) {
		this.page = page;
		this.style = page.style();
	}

	public String render(Recorded recorded) {
		List<ApplicationRecord> applications = recorded.applications();
		long points = applications.stream().mapToLong(application -> application.points().size()).sum();
		StringBuilder text = new StringBuilder();
		text.append("%s   %s, %s%n".formatted(Printable.of(page.target()), Counts.of(recorded.runs().size(), "night"),
				Counts.of(points, "restore point")));
		if (recorded.runs().isEmpty() && recorded.refusals().isEmpty()) {
			text.append(NOTHING);
		}
		for (ApplicationRecord application : applications) {
			text.append('\n').append(heading(application)).append('\n');
			points(application).forEach(line -> text.append(line).append('\n'));
		}
		if (!recorded.refusals().isEmpty()) {
			text.append("\nNot believed:\n");
			recorded.refusals()
				.forEach(refusal -> text.append("  ")
					.append(style.bad(Printable.of(refusal.subject() + ": " + refusal.reason())))
					.append('\n'));
		}
		return text.toString();
	}

	private String heading(ApplicationRecord application) {
		ApplicationRecord.Judged judged = application.judged();
		if (judged == null) {
			return style.strong(application.application().value()) + "   never judged";
		}
		String symbols = judged.verdict()
			.judgements()
			.stream()
			.map(judgement -> judgement.answer().symbol())
			.collect(Collectors.joining("  "));
		return "%s   %s   judged %s, newest proven %s".formatted(style.strong(application.application().value()),
				symbols, page.times().of(judged.at()), page.times().of(application.newestProven().orElse(null)));
	}

	private List<String> points(ApplicationRecord application) {
		Table table = new Table();
		for (ApplicationRecord.Point point : application.points()) {
			RestorePoint made = point.restorePoint();
			ByteSize size = made.backups().stream().map(VolumeBackup::size).reduce(ByteSize.ZERO, ByteSize::plus);
			table.add(Cell.left(point.night().toString()), Cell.right("taken " + page.times().of(made.takenAt())),
					Cell.right(Counts.of(made.backups().size(), "volume")), Cell.right(size.toString()),
					proof(point.proof()), Cell.left(remarks(point)));
		}
		return table.lines("  ", page.width());
	}

	/** What else is known, and what a restore will miss. */
	private static String remarks(ApplicationRecord.Point point) {
		RestorePoint made = point.restorePoint();
		List<String> remarks = new ArrayList<>();
		if (made.quiet() != null) {
			remarks.add("quiet " + Spans.of(made.quiet().lasted()));
		}
		if (!point.exports().isEmpty()) {
			remarks.add(Counts.of(point.exports().size(), "export"));
		}
		long unknown = made.backups().stream().filter(backup -> !isClaimKnown(backup)).count();
		if (unknown > 0) {
			remarks.add("claims of %s not recorded".formatted(Counts.of(unknown, "volume")));
		}
		return String.join(", ", remarks);
	}

	private static boolean isClaimKnown(VolumeBackup backup) {
		return backup.original() != null && !(backup.original().objects().claim() instanceof ObjectCopy.Unknown);
	}

	private Cell proof(Proof proof) {
		if (proof instanceof Proof.Proven) {
			return Cell.left("proven");
		}
		if (proof instanceof Proof.Refuted refuted) {
			return Cell.painted(refuted.finding(), style::bad);
		}
		return Cell.painted(((Proof.Unread) proof).reason(), style::uncertain);
	}

}
