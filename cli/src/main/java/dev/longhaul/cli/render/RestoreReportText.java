package dev.longhaul.cli.render;

import java.time.Duration;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.text.Spans;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.run.RestoreReport;
import dev.longhaul.restore.run.VolumeOutcome;
import dev.longhaul.restore.run.VolumeOutcome.Failed;
import dev.longhaul.restore.run.VolumeOutcome.Restored;
import dev.longhaul.restore.run.VolumeOutcome.Skipped;

/**
 * What came of a restore, for people.
 */
public final class RestoreReportText {

	private final Page page;

	private final Style style;

	public RestoreReportText(Page page) {
		this.page = page;
		this.style = page.style();
	}

	public String render(RestoreReport report) {
		long restored = report.outcomes().stream().filter(Restored.class::isInstance).count();
		StringBuilder text = new StringBuilder("Restored %d of %s from %s   RTO %s%n%n".formatted(restored,
				Counts.of(report.outcomes().size(), "volume"), Printable.of(report.plan().target()),
				Spans.of(report.recoveryTime())));
		Table table = new Table();
		report.outcomes().forEach(outcome -> add(table, outcome, report));
		text.append(table.text("  ", page.width()));
		report.failed().forEach(failed -> append(text, failed));
		return text.toString();
	}

	private void add(Table table, VolumeOutcome outcome, RestoreReport report) {
		PlannedVolume volume = outcome.volume();
		String rpo = "RPO " + Spans.coarse(Duration.between(volume.createdAt(), report.begunAt()));
		table.add(word(outcome),
				Cell.left((volume.claim() != null) ? volume.claim().ref().toString() : volume.name().value()),
				Cell.right(volume.size().toString()), Cell.left(rpo), Cell.left(remark(outcome)));
	}

	private Cell word(VolumeOutcome outcome) {
		if (outcome instanceof Restored) {
			return Cell.painted("● restored", style::good);
		}
		return (outcome instanceof Skipped) ? Cell.painted("◌ skipped", style::uncertain)
				: Cell.painted("✕ failed", style::bad);
	}

	private static String remark(VolumeOutcome outcome) {
		if (outcome instanceof Restored restored) {
			return restored.took().isZero() ? "by an earlier run" : "in " + Spans.of(restored.took());
		}
		return (outcome instanceof Skipped skipped) ? skipped.why() : "see below";
	}

	private void append(StringBuilder text, Failed failed) {
		LonghaulException failure = failed.failure();
		text.append('\n')
			.append(Prose.of("%s   [%s]".formatted(failure.fact(), failure.code()), "", page.width()))
			.append('\n')
			.append(Prose.of("hint: " + failure.hint(), "", page.width()))
			.append('\n');
	}

}
