package dev.longhaul.cli.render;

import java.time.Duration;
import java.util.List;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.text.Spans;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.rebuild.ApplicationOutcome;
import dev.longhaul.restore.rebuild.RebuildReport;
import dev.longhaul.restore.run.RestoreReport;
import dev.longhaul.restore.run.VolumeOutcome;
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

	public String render(RebuildReport rebuild) {
		RestoreReport report = rebuild.volumes();
		long restored = report.outcomes().stream().filter(Restored.class::isInstance).count();
		StringBuilder text = new StringBuilder("Restored %d of %s from %s   RTO %s%n%n".formatted(restored,
				Counts.of(report.outcomes().size(), "volume"), Printable.of(report.plan().target()),
				Spans.of(rebuild.recoveryTime())));
		Table table = new Table();
		report.outcomes().forEach(outcome -> add(table, outcome, report));
		text.append(table.text("  ", page.width()));
		if (!rebuild.applications().isEmpty()) {
			text.append('\n').append(applications(rebuild.applications()).text("  ", page.width()));
		}
		report.failed().forEach(failed -> append(text, failed.failure()));
		LonghaulException failure = rebuild.failure();
		if (failure != null) {
			append(text, failure);
		}
		return text.toString();
	}

	private void add(Table table, VolumeOutcome outcome, RestoreReport report) {
		PlannedVolume volume = outcome.volume();
		String rpo = "RPO " + Spans.coarse(Duration.between(volume.createdAt(), report.begunAt()));
		table.add(word(outcome),
				Cell.left((volume.claim() != null) ? volume.claim().ref().toString() : volume.name().value()),
				Cell.right(volume.sizes()), Cell.left(rpo), Cell.left(remark(outcome)));
	}

	private Table applications(List<ApplicationOutcome> outcomes) {
		Table table = new Table();
		for (ApplicationOutcome outcome : outcomes) {
			if (outcome instanceof ApplicationOutcome.Healthy healthy) {
				table.add(Cell.painted("● healthy", style::good), Cell.left(healthy.name()),
						Cell.left(healthy.asDeclared() ? "as declared" : "something keeps changing it"));
			}
			else if (outcome instanceof ApplicationOutcome.Unwell unwell) {
				table.add(Cell.painted("✕ unwell", style::bad), Cell.left(unwell.name()),
						Cell.left(unwell.why().isEmpty() ? unwell.standing()
								: "%s: %s".formatted(unwell.standing(), unwell.why())));
			}
		}
		return table;
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

	private void append(StringBuilder text, LonghaulException failure) {
		text.append('\n')
			.append(Prose.of("%s   [%s]".formatted(failure.fact(), failure.code()), "", page.width()))
			.append('\n')
			.append(Prose.of("hint: " + failure.hint(), "", page.width()))
			.append('\n');
	}

}
