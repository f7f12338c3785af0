package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.time.Duration;

import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.run.RestoreReport;
import dev.longhaul.restore.run.VolumeOutcome;
import dev.longhaul.restore.run.VolumeOutcome.Failed;
import dev.longhaul.restore.run.VolumeOutcome.Restored;
import dev.longhaul.restore.run.VolumeOutcome.Skipped;

/**
 * What came of a restore, for machines, as {@code docs/schema/restore-run.schema.json}
 * describes it.
 */
public final class RestoreReportJson {

	private RestoreReportJson() {
	}

	public static void write(RestoreReport report, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("plan", report.plan().hash());
			json.text("target", report.plan().target());
			json.instant("begunAt", report.begunAt());
			json.instant("endedAt", report.endedAt());
			json.number("rtoSeconds", report.recoveryTime().toSeconds());
			json.truth("whole", report.isWhole());
			json.objects("volumes", report.outcomes(), outcome -> write(json, outcome, report));
		});
	}

	private static void write(JsonDocument json, VolumeOutcome outcome, RestoreReport report) {
		PlannedVolume volume = outcome.volume();
		json.text("application", volume.application().value());
		json.text("name", volume.name().value());
		json.text("backup", volume.backup().value());
		json.textOrNull("claim", (volume.claim() != null) ? volume.claim().ref().toString() : null);
		json.instant("createdAt", volume.createdAt());
		json.number("rpoSeconds", Duration.between(volume.createdAt(), report.begunAt()).toSeconds());
		if (outcome instanceof Restored restored) {
			json.text("outcome", "restored");
			json.number("milliseconds", restored.took().toMillis());
		}
		else if (outcome instanceof Skipped skipped) {
			json.text("outcome", "skipped");
			json.text("reason", skipped.why());
		}
		else if (outcome instanceof Failed failed) {
			json.text("outcome", "failed");
			json.text("code", failed.failure().code().name());
			json.text("reason", failed.failure().fact());
			json.text("hint", failed.failure().hint());
		}
	}

}
