package dev.longhaul.cli.render;

import java.time.Duration;

import dev.longhaul.backupstore.export.ExportReport;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.text.Spans;

/**
 * What became of an export, for people.
 */
public final class ExportText {

	private final Style style;

	public ExportText(Style style) {
		this.style = style;
	}

	public String render(BackupName backup, ExportReport report, Duration took) {
		return "%s %s is in %s\n  %s, of which %s hold data; read %s in %s, %s\n".formatted(style.good("●"), backup,
				Printable.of(report.file().toString()), report.size(), Counts.of(report.blocks(), "block"),
				report.read(), Spans.of(took), Spans.rate(report.read().bytes(), took));
	}

}
