package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.time.Duration;

import dev.longhaul.backupstore.export.ExportReport;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;

/**
 * What became of an export, for machines, as {@code docs/schema/export.schema.json}
 * describes it.
 */
public final class ExportJson {

	private final String target;

	public ExportJson(String target) {
		this.target = target;
	}

	public void write(VolumeName volume, BackupName backup, ExportReport report, Duration took, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("target", target);
			json.text("volume", volume.value());
			json.text("backup", backup.value());
			json.text("file", report.file().toString());
			json.number("sizeBytes", report.size().bytes());
			json.number("blocks", report.blocks());
			json.number("bytesRead", report.read().bytes());
			json.number("seconds", took.toMillis() / 1000.0);
		});
	}

}
