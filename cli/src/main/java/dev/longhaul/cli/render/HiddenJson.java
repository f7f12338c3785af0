package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.util.List;

import dev.longhaul.backupstore.hidden.HiddenPlan;
import dev.longhaul.backupstore.hidden.HiddenRemoval;
import dev.longhaul.backupstore.hidden.HiddenVolume;
import dev.longhaul.backupstore.mirror.Load;
import dev.longhaul.core.backup.BackupName;

/**
 * What is hidden in a bucket, and what became of it, for machines, as
 * {@code docs/schema/retention-hidden-plan.schema.json} and
 * {@code docs/schema/retention-hidden-apply.schema.json} describe it.
 */
public final class HiddenJson {

	private HiddenJson() {
	}

	public static void write(HiddenPlan plan, OutputStream out) {
		JsonDocument.write(out, json -> {
			writeHead(json, plan);
			json.objects("volumes", plan.volumes(), volume -> {
				json.text("name", volume.volume().value());
				json.object("goes", () -> write(json, volume.goes()));
				json.object("stays", () -> write(json, volume.stays()));
				json.objects("reasons", volume.loads().entrySet(), entry -> {
					json.text("reason", entry.getKey().name());
					json.truth("goes", entry.getKey().goes());
					write(json, entry.getValue());
				});
				writeRescues(json, volume);
			});
		});
	}

	public static void write(HiddenPlan plan, List<HiddenRemoval> removals, OutputStream out) {
		JsonDocument.write(out, json -> {
			writeHead(json, plan);
			json.truth("complete", removals.stream().allMatch(HiddenRemoval::isComplete));
			json.objects("volumes", removals, removal -> {
				json.text("name", removal.volume().value());
				json.object("planned", () -> write(json, removal.planned()));
				json.object("removed", () -> write(json, removal.removed()));
				json.number("refused", removal.refused());
				json.objects("refusals", removal.refusals(), refusal -> {
					json.text("key", refusal.id().key());
					json.text("version", refusal.id().version());
					json.text("reason", refusal.reason());
				});
				json.textOrNull("left", removal.left());
			});
		});
	}

	private static void writeHead(JsonDocument json, HiddenPlan plan) {
		json.text("target", plan.target());
		json.instant("hiddenBefore", plan.hiddenBefore());
		json.text("plan", plan.hash());
		json.truth("damage", plan.showsDamage());
	}

	private static void writeRescues(JsonDocument json, HiddenVolume volume) {
		json.objects("neededAndHidden", volume.rescues(), rescue -> {
			json.text("key", rescue.version().key());
			json.text("version", rescue.version().version());
			json.text("mark", rescue.mark().version());
			json.instant("hiddenAt", rescue.hiddenAt());
			json.texts("neededBy", rescue.neededBy().stream().map(BackupName::value).toList());
		});
	}

	private static void write(JsonDocument json, Load load) {
		json.number("versions", load.count());
		json.number("bytes", load.size().bytes());
	}

}
