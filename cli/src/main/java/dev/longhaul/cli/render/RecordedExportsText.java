package dev.longhaul.cli.render;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.export.InForce;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.RecordedExports;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import dev.longhaul.core.text.Printable;
import org.jspecify.annotations.Nullable;

/**
 * What nights have recorded of exports, for people.
 */
public final class RecordedExportsText {

	private final Page page;

	private final Style style;

	public RecordedExportsText(Page page) {
		this.page = page;
		this.style = page.style();
	}

	public String render(RecordedExports recorded) {
		StringBuilder text = new StringBuilder();
		text.append("%s   %s with exports%n".formatted(Printable.of(page.target()),
				Counts.of(recorded.nights().size(), "night")));
		for (RunExports night : recorded.nights()) {
			text.append("%n%s   %s%n".formatted(style.strong(night.night().stamp()), night.night().job()));
			Table table = new Table();
			night.applications().forEach(exports -> add(table, exports));
			table.lines("  ", page.width()).forEach(line -> text.append(line).append('\n'));
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

	private void add(Table table, ApplicationExports exports) {
		String application = exports.application().value();
		for (StoredExport export : exports.kept()) {
			table.add(Cell.left(application), Cell.left(export.name().value()),
					Cell.left(Printable.of(export.origin())), Cell.right("taken " + page.times().of(export.takenAt())),
					Cell.right(export.plain().size().toString()), readers(export));
			addInForce(table, application, export.inForce());
		}
		exports.failed()
			.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.forEach(
					failed -> table.add(Cell.left(application), Cell.left(failed.getKey().value()), Cell.left("failed"),
							Cell.left(""), Cell.left(""), Cell.painted(Printable.of(failed.getValue()), style::bad)));
	}

	/** Without the digests: each is as long as a line, and meant for machines. */
	private static void addInForce(Table table, String application, @Nullable InForce inForce) {
		if (inForce != null) {
			String versions = Stream
				.concat(inForce.charts().stream().map(chart -> "chart " + chart),
						inForce.images().stream().map(InForce.Image::name).distinct())
				.collect(Collectors.joining(", "));
			table.add(Cell.left(application), Cell.left("in force"), Cell.left(""), Cell.left(""), Cell.left(""),
					Cell.left(Printable.of(versions)));
		}
	}

	private Cell readers(StoredExport export) {
		return export.isEncrypted() ? Cell.left("for " + Counts.of(export.recipients().size(), "recipient"))
				: Cell.painted("not encrypted", style::uncertain);
	}

}
