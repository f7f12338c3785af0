package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.util.List;

import dev.longhaul.backupstore.mirror.RemovedExtra;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.extra.ExtraDecision.Remove;
import dev.longhaul.core.extra.ExtraPlan;
import dev.longhaul.core.volume.VolumeName;

/**
 * What only a mirror has, and what went of it, for machines, as
 * {@code docs/schema/extra-plan.schema.json} and {@code extra-apply.schema.json} describe
 * it.
 */
public final class ExtraJson {

	private ExtraJson() {
	}

	public static void write(ExtraPlan plan, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("source", plan.ends().source());
			json.text("destination", plan.ends().destination());
			json.text("after", plan.period().toString());
			json.text("plan", plan.hash());
			json.objects("backups", plan.decisions(), decision -> {
				json.text("volume", decision.backup().volume().value());
				json.text("backup", decision.backup().backup().value());
				json.text("decision", (decision instanceof Remove) ? "goes" : "stays");
				json.instant("since", decision.since());
				json.texts("reasons", decision.reasons());
			});
			json.texts("unfinished", plan.unfinished().stream().sorted().map(VolumeName::value).toList());
		});
	}

	/**
	 * @param plan the hash that was approved
	 */
	public static void write(String plan, List<RemovedExtra> removed, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("plan", plan);
			json.truth("complete", removed.stream().allMatch(volume -> volume.left() == null));
			json.objects("volumes", removed, volume -> {
				json.text("volume", volume.volume().value());
				json.texts("backups", volume.backups().stream().map(BackupName::value).toList());
				json.object("blocks", () -> {
					json.number("count", volume.blocks().count());
					json.number("bytes", volume.blocks().size().bytes());
				});
				if (volume.left() != null) {
					json.text("left", volume.left());
				}
			});
		});
	}

}
