package dev.longhaul.cli.render;

import java.io.OutputStream;

import dev.longhaul.backupstore.verify.BackupReport;
import dev.longhaul.backupstore.verify.BackupReport.State;
import dev.longhaul.backupstore.verify.VerificationReport;
import dev.longhaul.backupstore.verify.VolumeReport;
import dev.longhaul.backupstore.verify.VolumeReport.Orphans;
import dev.longhaul.core.backup.BackupName;

/**
 * What reading back has shown, for machines, as {@code docs/schema/verify.schema.json}
 * describes it.
 */
public final class VerificationJson {

	private final String target;

	public VerificationJson(String target) {
		this.target = target;
	}

	public void write(VerificationReport report, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("target", target);
			json.objects("volumes", report.volumes(), volume -> writeVolume(json, volume));
			json.object("summary", () -> writeSummary(json, report));
		});
	}

	private static void writeVolume(JsonDocument json, VolumeReport volume) {
		json.text("name", volume.name().value());
		if (volume.claim() != null) {
			json.text("claim", volume.claim().toString());
		}
		json.objects("backups", volume.backups(), backup -> writeBackup(json, backup));
		ProblemJson.write(json, volume.problems());
		json.texts("vanished", volume.vanished().stream().map(BackupName::value).toList());
		Orphans orphans = volume.orphans();
		if (orphans != null) {
			json.object("orphanBlocks", () -> {
				json.number("count", orphans.count());
				json.number("bytes", orphans.size().bytes());
				json.truth("certain", orphans.certain());
			});
		}
	}

	private static void writeBackup(JsonDocument json, BackupReport backup) {
		json.text("name", backup.name().value());
		json.text("state", backup.state().word());
		json.instant("createdAt", backup.createdAt());
		json.number("sizeBytes", backup.size().bytes());
		json.number("blocks", backup.blocks());
		json.number("blocksRead", backup.blocksRead());
		json.number("bytesRead", backup.bytesRead().bytes());
		ProblemJson.write(json, backup.problems());
		json.number("problemsLeftOut", backup.problemsLeftOut());
	}

	private static void writeSummary(JsonDocument json, VerificationReport report) {
		long unreadable = report.count(State.UNREADABLE);
		json.number("proven", report.count(State.PROVEN));
		json.number("damaged", report.count(State.DAMAGED) + unreadable);
		json.number("unreadable", unreadable);
		json.number("inProgress", report.count(State.IN_PROGRESS));
		json.number("distinctBlocks", report.distinctBlocks());
		json.number("bytesRead", report.bytesRead().bytes());
		json.number("seconds", report.took().toMillis() / 1000.0);
	}

}
