package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.util.List;

import dev.longhaul.backupstore.catalog.CopiedDocuments;
import dev.longhaul.backupstore.mirror.Calls;
import dev.longhaul.backupstore.mirror.CopiedExports;
import dev.longhaul.backupstore.mirror.Extra;
import dev.longhaul.backupstore.mirror.Load;
import dev.longhaul.backupstore.mirror.MirrorPlan;
import dev.longhaul.backupstore.mirror.MirrorReport.Kind;
import dev.longhaul.backupstore.mirror.MirrorReport;
import dev.longhaul.backupstore.mirror.MirroredBackup.State;
import dev.longhaul.backupstore.mirror.MirroredBackup;
import dev.longhaul.backupstore.mirror.MirroredVolume;
import dev.longhaul.backupstore.mirror.VolumePlan;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.run.Recorded.Refusal;
import dev.longhaul.core.volume.VolumeName;

/**
 * What was copied, or is to be, for machines, as {@code docs/schema/mirror.schema.json}
 * describes it.
 */
public final class MirrorJson {

	private final String source;

	private final String destination;

	public MirrorJson(String source, String destination) {
		this.source = source;
		this.destination = destination;
	}

	public void write(MirrorReport report, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("source", source);
			json.text("destination", destination);
			json.truth("dryRun", report.kind() == Kind.PLAN);
			json.object("plan", () -> writePlan(json, report.plan()));
			json.objects("volumes", report.volumes(), volume -> writeVolume(json, volume));
			json.object("exports", () -> writeExports(json, report.exports()));
			json.object("documents", () -> writeDocuments(json, report.documents()));
			json.object("summary", () -> writeSummary(json, report));
		});
	}

	private static void writePlan(JsonDocument json, MirrorPlan plan) {
		json.objects("volumes", plan.volumes(), volume -> writePlan(json, volume));
		writeLoad(json, "exports", plan.exports());
		json.texts("extraVolumes", plan.extraVolumes().stream().map(VolumeName::value).toList());
		json.number("reads", plan.reads());
		json.number("writes", plan.writes());
	}

	private static void writePlan(JsonDocument json, VolumePlan plan) {
		json.text("name", plan.volume().value());
		writeLoad(json, "blocks", plan.blocks());
		writeLoad(json, "blocksHeld", plan.blocksHeld());
		json.number("blocksMissing", plan.blocksMissing());
		json.texts("backups", plan.backups().stream().map(BackupName::value).toList());
		json.number("manifestBytes", plan.manifests().size().bytes());
		json.text("config", plan.config().word());
		Extra extra = plan.extra();
		if (extra != null) {
			json.object("extra", () -> {
				json.texts("backups", extra.backups().stream().map(BackupName::value).toList());
				writeLoad(json, "blocks", extra.blocks());
			});
		}
	}

	private static void writeVolume(JsonDocument json, MirroredVolume volume) {
		json.text("name", volume.name().value());
		if (volume.claim() != null) {
			json.text("claim", volume.claim().toString());
		}
		if (volume.skipped() != null) {
			json.text("skipped", volume.skipped());
		}
		json.objects("backups", volume.backups(), backup -> writeBackup(json, backup));
		ProblemJson.write(json, volume.problems());
		json.texts("vanished", volume.vanished().stream().map(BackupName::value).toList());
		writeLoad(json, "copied", volume.copied());
		json.number("healed", volume.healed());
		json.text("config", volume.config().word());
		json.texts("notes", volume.notes());
	}

	private static void writeBackup(JsonDocument json, MirroredBackup backup) {
		json.text("name", backup.name().value());
		json.text("state", backup.state().word());
		json.instant("createdAt", backup.createdAt());
		json.number("sizeBytes", backup.size().bytes());
		ProblemJson.write(json, backup.problems());
		json.number("problemsLeftOut", backup.problemsLeftOut());
	}

	private static void writeExports(JsonDocument json, CopiedExports exports) {
		writeLoad(json, "copied", exports.copied());
		writeLoad(json, "held", exports.held());
		writeRefusals(json, "damaged", exports.damaged());
		writeRefusals(json, "refused", exports.refused());
	}

	private static void writeDocuments(JsonDocument json, CopiedDocuments documents) {
		json.number("copied", documents.copied());
		json.number("held", documents.held());
		writeRefusals(json, "refused", documents.refused());
	}

	private static void writeRefusals(JsonDocument json, String name, List<Refusal> refusals) {
		json.objects(name, refusals, refusal -> {
			json.text("subject", refusal.subject());
			json.text("reason", refusal.reason());
		});
	}

	private static void writeSummary(JsonDocument json, MirrorReport report) {
		for (State state : State.values()) {
			json.number((state == State.IN_PROGRESS) ? "inProgress" : state.word(), report.count(state));
		}
		json.number("skippedVolumes", report.volumes().stream().filter(volume -> volume.skipped() != null).count());
		writeLoad(json, "blocks", report.copied());
		writeCalls(json, "sourceCalls", report.source());
		writeCalls(json, "destinationCalls", report.destination());
		json.number("seconds", report.took().toMillis() / 1000.0);
	}

	private static void writeLoad(JsonDocument json, String name, Load load) {
		json.object(name, () -> {
			json.number("count", load.count());
			json.number("bytes", load.size().bytes());
		});
	}

	private static void writeCalls(JsonDocument json, String name, Calls calls) {
		json.object(name, () -> {
			json.number("lists", calls.lists());
			json.number("reads", calls.reads());
			json.number("writes", calls.writes());
			json.number("deletions", calls.deletions());
		});
	}

}
