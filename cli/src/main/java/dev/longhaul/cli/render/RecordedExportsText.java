package dev.longhaul.cli.render;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.cli.render.ListedExports.Failed;
import dev.longhaul.cli.render.ListedExports.Kept;
import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.export.InForce;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.RecordedExports;
import dev.longhaul.core.run.RunExports;
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

	public String render(ListedExports listed) {
		RecordedExports recorded = listed.recorded();
		StringBuilder text = new StringBuilder();
		text.append("%s   %s with exports%n".formatted(Printable.of(page.target()),
				Counts.of(recorded.nights().size(), "night")));
		for (RunExports night : recorded.nights()) {
			text.append("%n%s   %s%n".formatted(style.strong(night.night().stamp()), night.night().job()));
			Table table = new Table();
			ListedExports.kept(night).forEach(kept -> add(table, kept, listed.isThere(kept)));
			ListedExports.failed(night).forEach(failed -> add(table, failed));
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

	private void add(Table table, Kept kept, boolean isThere) {
		StoredExport export = kept.export();
		table.add(Cell.left(kept.application().value()), Cell.left(export.name().value()),
				Cell.left(Printable.of(export.origin())), Cell.right("taken " + page.times().of(export.takenAt())),
				Cell.right(export.plain().size().toString()),
				isThere ? readers(export) : Cell.painted("gone", style::uncertain));
		addInForce(table, kept.application().value(), export.inForce());
	}

	private void add(Table table, Failed failed) {
		table.add(Cell.left(failed.application().value()), Cell.left(failed.name().value()), Cell.left("failed"),
				Cell.left(""), Cell.left(""), Cell.painted(Printable.of(failed.reason()), style::bad));
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
