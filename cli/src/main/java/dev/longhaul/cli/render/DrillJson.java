package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.util.List;

import dev.longhaul.core.cluster.ThrowAwayNamespaces.ThrowAway;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.restore.check.CheckAnswer;
import dev.longhaul.restore.check.CheckAnswer.Failed;
import dev.longhaul.restore.check.CheckAnswer.NotChecked;
import dev.longhaul.restore.check.CheckAnswer.Passed;
import dev.longhaul.restore.drill.DrillReport;

/**
 * What came of a drill, for machines, as {@code docs/schema/drill.schema.json} describes
 * it, and what a sweep has removed, as {@code docs/schema/drill-sweep.schema.json} does.
 */
public final class DrillJson {

	private DrillJson() {
	}

	public static void write(DrillReport report, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("application", report.plan().application().value());
			json.text("namespace", report.plan().namespace());
			json.text("target", report.plan().restore().target());
			json.truth("started", report.isStarted());
			json.instant("begunAt", report.begunAt());
			json.number("tookMillis", report.took().toMillis());
			json.objects("volumes", report.plan().restore().volumes(), volume -> {
				json.text("name", volume.name().value());
				json.text("source", volume.source().value());
				json.text("backup", volume.backup().value());
				json.instant("createdAt", volume.createdAt());
				json.number("sizeBytes", volume.size().bytes());
			});
			json.texts("workloads", report.started().stream().map(Workload::toString).toList());
			json.objects("checks", report.answers(), answer -> write(json, answer));
			json.objects("leftOut", report.leftOut(), absence -> {
				json.text("subject", absence.subject());
				json.text("reason", absence.why());
			});
			json.objectOrNull("failure", report.failure(), failure -> write(json, failure));
			json.objectOrNull("remains", report.remains(), failure -> write(json, failure));
		});
	}

	private static void write(JsonDocument json, CheckAnswer answer) {
		json.text("what", answer.what());
		if (answer instanceof Passed passed) {
			json.text("outcome", "passed");
			json.text("told", passed.evidence());
		}
		else if (answer instanceof Failed failed) {
			json.text("outcome", "failed");
			json.text("told", failed.why());
		}
		else if (answer instanceof NotChecked open) {
			json.text("outcome", "not-checked");
			json.text("told", open.reason());
		}
	}

	private static void write(JsonDocument json, LonghaulException failure) {
		json.text("code", failure.code().name());
		json.text("reason", failure.fact());
		json.text("hint", failure.hint());
	}

	public static void writeSwept(List<ThrowAway> removed, OutputStream out) {
		JsonDocument.write(out, json -> json.objects("removed", removed, place -> {
			json.text("namespace", place.namespace());
			json.text("application", place.application().value());
			json.texts("volumes", place.volumes().stream().map(VolumeName::value).toList());
		}));
	}

}
