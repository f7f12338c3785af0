package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.rebuild.ApplicationOutcome;
import dev.longhaul.restore.rebuild.RebuildReport;
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

	public static void write(RebuildReport rebuild, OutputStream out) {
		RestoreReport report = rebuild.volumes();
		JsonDocument.write(out, json -> {
			json.text("plan", report.plan().hash());
			json.text("target", report.plan().target());
			json.instant("begunAt", report.begunAt());
			json.instant("endedAt", rebuild.endedAt());
			json.number("rtoSeconds", rebuild.recoveryTime().toSeconds());
			json.truth("whole", rebuild.isWhole());
			json.objects("volumes", report.outcomes(), outcome -> write(json, outcome, report));
			json.objects("applications", rebuild.applications(), outcome -> write(json, outcome));
			LonghaulException failure = rebuild.failure();
			json.objects("failures", (failure != null) ? List.of(failure) : List.of(), each -> write(json, each));
		});
	}

	private static void write(JsonDocument json, LonghaulException failure) {
		json.text("code", failure.code().name());
		json.text("reason", failure.fact());
		json.text("hint", failure.hint());
	}

	private static void write(JsonDocument json, ApplicationOutcome outcome) {
		json.text("name", outcome.name());
		if (outcome instanceof ApplicationOutcome.Healthy healthy) {
			json.text("outcome", "healthy");
			json.truth("asDeclared", healthy.asDeclared());
			json.number("milliseconds", healthy.took().toMillis());
		}
		else if (outcome instanceof ApplicationOutcome.Unwell unwell) {
			json.text("outcome", "unwell");
			json.text("standing", unwell.standing());
			json.text("reason", unwell.why());
		}
	}

	private static void write(JsonDocument json, VolumeOutcome outcome, RestoreReport report) {
		PlannedVolume volume = outcome.volume();
		json.text("application", volume.application().value());
		json.text("name", volume.name().value());
		json.text("backup", volume.backup().value());
		json.textOrNull("claim", (volume.claim() != null) ? volume.claim().ref().toString() : null);
		json.number("sizeBytes", volume.size().bytes());
		ByteSize then = volume.sizeThen();
		if (then != null) {
			json.number("sizeThenBytes", then.bytes());
		}
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
			write(json, failed.failure());
		}
	}

}
