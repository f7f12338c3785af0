package dev.longhaul.cli.render;

import java.util.List;
import java.util.stream.Collectors;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.cluster.ThrowAwayNamespaces.ThrowAway;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.text.Spans;
import dev.longhaul.restore.check.CheckAnswer;
import dev.longhaul.restore.check.CheckAnswer.Failed;
import dev.longhaul.restore.check.CheckAnswer.NotChecked;
import dev.longhaul.restore.check.CheckAnswer.Passed;
import dev.longhaul.restore.choice.Absence;
import dev.longhaul.restore.drill.DrillReport;
import dev.longhaul.restore.plan.PlannedVolume;
import org.jspecify.annotations.Nullable;

/**
 * What came of a drill, for people.
 */
public final class DrillText {

	private final Page page;

	private final Style style;

	public DrillText(Page page) {
		this.page = page;
		this.style = page.style();
	}

	public String render(DrillReport report) {
		StringBuilder text = new StringBuilder("%s%n%n".formatted(heading(report)));
		Table table = new Table();
		report.plan().restore().volumes().forEach(volume -> add(table, volume));
		report.answers().forEach(answer -> add(table, answer));
		report.leftOut().forEach(absence -> add(table, absence));
		text.append(table.text("  ", page.width()));
		append(text, report.failure());
		append(text, report.remains());
		return text.toString();
	}

	private String heading(DrillReport report) {
		String verb = report.isStarted() ? style.good("● Started")
				: style.bad((report.failure() != null) ? "✕ Did not start" : "✕ Started, and is not well");
		return "%s   %s   %s %s   %s".formatted(verb, report.plan().application(),
				(report.failure() == null) ? "RTO" : "after", Spans.of(report.took()),
				(report.remains() == null) ? "removed again" : "not removed");
	}

	private void add(Table table, PlannedVolume volume) {
		String claim = (volume.claim() != null) ? "claim '%s'".formatted(volume.claim().ref().name())
				: volume.name().value();
		table.add(Cell.left("data of"), Cell.left(claim),
				Cell.left("%s, %s".formatted(page.times().of(volume.createdAt()), volume.sizes())));
	}

	private void add(Table table, CheckAnswer answer) {
		if (answer instanceof Passed passed) {
			table.add(Cell.painted("● passed", style::good), Cell.left(Printable.of(passed.what())),
					Cell.left(Printable.of(passed.evidence())));
		}
		else if (answer instanceof Failed failed) {
			table.add(Cell.painted("✕ failed", style::bad), Cell.left(Printable.of(failed.what())),
					Cell.left(Printable.of("%s   hint: %s".formatted(failed.why(), failed.hint()))));
		}
		else if (answer instanceof NotChecked open) {
			table.add(Cell.painted("◌ not checked", style::uncertain), Cell.left(Printable.of(open.what())),
					Cell.left(Printable.of(open.reason())));
		}
	}

	private void add(Table table, Absence absence) {
		table.add(Cell.painted("◌ left out", style::uncertain), Cell.left(Printable.of(absence.subject())),
				Cell.left(Printable.of(absence.why())));
	}

	private void append(StringBuilder text, @Nullable LonghaulException failure) {
		if (failure != null) {
			text.append('\n')
				.append(Prose.of(Printable.of("%s   [%s]".formatted(failure.fact(), failure.code())), "", page.width()))
				.append('\n')
				.append(Prose.of("hint: " + failure.hint(), "", page.width()))
				.append('\n');
		}
	}

	/** What was removed of drills that had left it. */
	public static String swept(List<ThrowAway> removed) {
		if (removed.isEmpty()) {
			return "No drill has left anything.%n".formatted();
		}
		return removed.stream()
			.map(place -> "removed namespace '%s' and %s of it%n".formatted(place.namespace(),
					Counts.of(place.volumes().size(), "volume")))
			.collect(Collectors.joining());
	}

}
