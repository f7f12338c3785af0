package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.util.TreeMap;

import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.Original;

/**
 * What nights have recorded, for machines, as {@code docs/schema/catalog.schema.json}
 * describes it.
 */
public final class RecordedJson {

	private final String target;

	public RecordedJson(String target) {
		this.target = target;
	}

	public void write(Recorded recorded, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("target", target);
			json.number("nights", recorded.runs().size());
			json.objects("runs", recorded.runs(), run -> write(json, run.manifest().manifest()));
			json.objects("refused", recorded.refusals(), refusal -> {
				json.text("subject", refusal.subject());
				json.text("reason", refusal.reason());
			});
			json.objects("applications", recorded.applications(), application -> write(json, application));
		});
	}

	private static void write(JsonDocument json, RunManifest manifest) {
		json.text("job", manifest.night().job().value());
		json.instant("scheduledFor", manifest.night().scheduledFor());
		json.instant("writtenAt", manifest.writtenAt());
		json.text("targetUrl", manifest.targetUrl());
		json.text("longhornVersion", manifest.longhornVersion());
		json.textOrNull("kubernetesVersion", manifest.kubernetesVersion());
		json.textOrNull("revision", manifest.revision());
		json.objects("failed", new TreeMap<>(manifest.failed()).entrySet(), failed -> {
			json.text("application", failed.getKey().value());
			json.text("reason", failed.getValue());
		});
	}

	private static void write(JsonDocument json, ApplicationRecord application) {
		json.text("name", application.application().value());
		json.instant("newestProven", application.newestProven().orElse(null));
		VerdictJson.writeVerdict(json, application);
		json.objects("restorePoints", application.points(), point -> write(json, point));
	}

	private static void write(JsonDocument json, ApplicationRecord.Point point) {
		json.text("job", point.night().job().value());
		json.text("scheduledFor", point.night().scheduledFor().toString());
		json.instant("takenAt", point.restorePoint().takenAt());
		json.text("readBack", word(point.proof()));
		json.declared("declared", point.restorePoint().declared());
		json.objectOrNull("quiet", point.restorePoint().quiet(), quiet -> {
			json.instant("since", quiet.since());
			json.number("seconds", quiet.lasted().toMillis() / 1000.0);
		});
		if (point.proof() instanceof Proof.Proven proven) {
			json.objects("checks", proven.checks(), check -> {
				json.text("what", check.what());
				json.text("result", (check instanceof CheckResult.Passed) ? "passed" : "not-run");
				if (check instanceof CheckResult.NotRun notRun) {
					json.text("reason", notRun.reason());
				}
			});
		}
		json.objects("backups", point.restorePoint().backups(), backup -> {
			json.text("claim", backup.claim().toString());
			json.text("volume", backup.volume().value());
			json.text("backup", backup.backup().value());
			json.instant("snapshotAt", backup.snapshotAt());
			json.number("size", backup.size().bytes());
			json.objectOrNull("original", backup.original(), original -> write(json, original));
		});
		json.objects("exports", point.exports(), export -> {
			json.text("name", export.name().value());
			json.text("origin", export.origin());
			json.instant("takenAt", export.takenAt());
			json.number("size", export.plain().size().bytes());
			json.truth("encrypted", export.isEncrypted());
		});
	}

	private static void write(JsonDocument json, Original original) {
		json.number("size", original.size().bytes());
		json.number("replicas", original.replicas());
		json.objectOrNull("fileSystem", original.fileSystem(), seen -> {
			json.text("kind", seen.fileSystem().kind().word());
			json.text("id", seen.fileSystem().id().toString());
			json.instant("seenAt", seen.at());
		});
		json.object("claim", () -> write(json, original.objects().claim()));
		json.object("persistentVolume", () -> write(json, original.objects().volume()));
		json.object("storageClass", () -> write(json, original.objects().storageClass()));
	}

	private static void write(JsonDocument json, ObjectCopy copy) {
		if (copy instanceof ObjectCopy.Kept kept) {
			json.text("state", "kept");
			json.declared("object", kept.object());
		}
		else if (copy instanceof ObjectCopy.Absent absent) {
			json.text("state", "absent");
			json.text("why", absent.why());
		}
		else if (copy instanceof ObjectCopy.Unknown unknown) {
			json.text("state", "unknown");
			json.text("why", unknown.why());
		}
	}

	private static String word(Proof proof) {
		if (proof instanceof Proof.Proven) {
			return "proven";
		}
		return (proof instanceof Proof.Refuted) ? "refuted" : "unread";
	}

}
