package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.time.Instant;

import dev.longhaul.cli.render.PlannedRetention.Planned;
import dev.longhaul.core.retention.Decision;
import dev.longhaul.core.retention.Decision.Remove;
import dev.longhaul.core.retention.RetentionPlan;
import dev.longhaul.core.run.Night;

/**
 * What stays and what would go, for machines, as
 * {@code docs/schema/retention-plan.schema.json} describes it.
 */
public final class RetentionJson {

	private RetentionJson() {
	}

	public static void write(PlannedRetention planned, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("target", planned.target());
			json.objects("refused", planned.refusals(), refusal -> {
				json.text("subject", refusal.subject());
				json.text("reason", refusal.reason());
			});
			json.objects("applications", planned.applications(), application -> write(json, application));
		});
	}

	private static void write(JsonDocument json, Planned planned) {
		json.text("name", planned.application().value());
		RetentionPlan plan = planned.plan();
		if (plan == null) {
			return;
		}
		json.text("policy", plan.policy().toString());
		json.text("plan", plan.hash());
		String heldBack = plan.heldBack();
		if (heldBack != null) {
			json.text("heldBack", heldBack);
		}
		json.number("kept", plan.kept().size());
		json.number("removed", plan.removals().size());
		json.texts("pinsBeside", planned.pinsBeside().stream().map(Instant::toString).toList());
		json.objects("restorePoints", plan.decisions(), decision -> write(json, decision));
	}

	private static void write(JsonDocument json, Decision decision) {
		writeNight(json, decision.point().night());
		json.instant("takenAt", decision.point().takenAt());
		json.text("condition", decision.point().condition().word());
		json.text("decision", (decision instanceof Remove) ? "remove" : "keep");
		json.texts("reasons", decision.reasons());
		json.objects("backups", decision.point().backups(), backup -> {
			json.text("volume", backup.volume().value());
			json.text("backup", backup.backup().value());
		});
		json.texts("exports",
				decision.point().exports().stream().map(export -> export.name().value()).sorted().toList());
	}

	static void writeNight(JsonDocument json, Night night) {
		json.text("job", night.job().value());
		json.instant("scheduledFor", night.scheduledFor());
	}

}
