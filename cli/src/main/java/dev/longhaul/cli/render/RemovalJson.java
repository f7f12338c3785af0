package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.util.Map;

import dev.longhaul.core.removal.PointRemoval;
import dev.longhaul.core.removal.PointRemoval.Failed;
import dev.longhaul.core.removal.PointRemoval.Left;

/**
 * What became of what was to go, for machines, as
 * {@code docs/schema/retention-apply.schema.json} describes it.
 */
public final class RemovalJson {

	private RemovalJson() {
	}

	public static void write(AppliedRetention applied, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("target", applied.target());
			json.truth("complete", applied.isComplete());
			json.objects("applications", applied.applications(), of -> {
				json.text("name", of.plan().application().value());
				json.text("plan", of.plan().hash());
				json.number("removed", of.report().removed());
				json.objects("restorePoints", of.report().points(), removal -> write(json, removal));
				json.objects("blocksStay", of.report().blocksStay().entrySet(), stay -> write(json, stay));
			});
		});
	}

	private static void write(JsonDocument json, PointRemoval removal) {
		RetentionJson.writeNight(json, removal.point().night());
		if (removal.fate() instanceof Left left) {
			json.text("outcome", "left");
			json.text("reason", left.why());
		}
		else if (removal.fate() instanceof Failed failed) {
			json.text("outcome", "failed");
			json.text("code", failed.code().name());
			json.text("reason", failed.why());
		}
		else {
			json.text("outcome", "removed");
		}
	}

	private static void write(JsonDocument json, Map.Entry<?, String> stay) {
		json.text("volume", stay.getKey().toString());
		json.text("reason", stay.getValue());
	}

}
