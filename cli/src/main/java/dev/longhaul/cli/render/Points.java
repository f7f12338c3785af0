package dev.longhaul.cli.render;

import java.time.Duration;
import java.util.List;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.server.Fields;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.text.Spans;
import org.jspecify.annotations.Nullable;

/**
 * Restore points, as a server tells them, for people.
 */
public final class Points {

	private final Page page;

	private final Style style;

	public Points(Page page) {
		this.page = page;
		this.style = page.style();
	}

	/** One row for each. */
	public String list(List<Fields> points) {
		if (points.isEmpty()) {
			return "no restore point of it is recorded\n";
		}
		Table table = new Table();
		points.forEach(point -> table.add(row(point)));
		return table.text("", page.width());
	}

	private Cell[] row(Fields point) {
		return new Cell[] { Cell.left(point.text("job") + " " + point.text("scheduledFor")),
				Cell.right("taken " + page.times().of(point.instant("takenAt"))),
				Cell.right(Counts.of(point.number("volumes"), "volume")),
				Cell.right(Standings.size(point.number("bytes"))), proof(point.object("proof")),
				Cell.left(quiet(point.duration("quiet"))) };
	}

	private static String quiet(@Nullable Duration quiet) {
		return (quiet != null) ? "quiet " + Spans.of(quiet) : "";
	}

	/** With its backups, its copies, and what was read back of it. */
	public String details(Fields details) {
		Fields point = details.object("restorePoint");
		StringBuilder text = new StringBuilder();
		if (point != null) {
			text.append(style.strong(Printable.of(point.text("application"))))
				.append('\n')
				.append(list(List.of(point)));
		}
		Table backups = new Table();
		details.objects("backups")
			.forEach(backup -> backups.add(Cell.left(backup.text("claim")), Cell.left(backup.text("volume")),
					Cell.left(backup.text("backup")), Cell.right(Standings.size(backup.number("bytes")))));
		Table copies = new Table();
		details.objects("copies")
			.forEach(copy -> copies.add(Cell.left(copy.text("place")), Cell.left(copy.text("medium")),
					Cell.left(copy.textOrEmpty("site")), proof(copy.object("proof"))));
		Table readings = new Table();
		details.objects("readings")
			.forEach(reading -> readings.add(Cell.left(reading.text("job") + " " + reading.text("scheduledFor")),
					Cell.left(reading.textOrEmpty("mirror")), proof(reading.object("proof"))));
		Table exports = new Table();
		details.objects("exports").forEach(export -> exports.add(export(export)));
		return text.append(section("Backups", backups))
			.append(section("Copies", copies))
			.append(section("Read back", readings))
			.append(section("Exports", exports))
			.toString();
	}

	private Cell[] export(Fields export) {
		String failure = export.textOrEmpty("failure");
		if (!failure.isEmpty()) {
			return new Cell[] { Cell.left(export.text("name")), Cell.painted(failure, style::bad) };
		}
		Long bytes = export.numberOrNull("bytes");
		return new Cell[] { Cell.left(export.text("name")), Cell.left(export.textOrEmpty("origin")),
				Cell.right((bytes != null) ? Standings.size(bytes) : Times.UNKNOWN),
				Cell.left(export.isSet("encrypted") ? "encrypted" : "readable by who can read the bucket") };
	}

	private String section(String name, Table table) {
		String rows = table.text("  ", page.width());
		return rows.isEmpty() ? "" : "\n" + name + "\n" + rows;
	}

	private Cell proof(@Nullable Fields proof) {
		String answer = (proof != null) ? proof.textOrEmpty("answer") : "";
		String reason = (proof != null) ? proof.textOrEmpty("reason") : "";
		return switch (answer) {
			case "proven" -> Cell.painted("● proven", style::good);
			case "refuted" -> Cell.painted("✕ " + reason, style::bad);
			default -> Cell.painted("◌ " + reason, style::uncertain);
		};
	}

}
