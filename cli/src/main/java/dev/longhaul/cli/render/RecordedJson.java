package dev.longhaul.cli.render;

import java.io.OutputStream;

import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.verdict.Proof;

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
			json.objects("refused", recorded.refusals(), refusal -> {
				json.text("subject", refusal.subject());
				json.text("reason", refusal.reason());
			});
			json.objects("applications", recorded.applications(), application -> write(json, application));
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
		json.objects("backups", point.restorePoint().backups(), backup -> {
			json.text("claim", backup.claim().toString());
			json.text("volume", backup.volume().value());
			json.text("backup", backup.backup().value());
			json.instant("snapshotAt", backup.snapshotAt());
			json.number("size", backup.size().bytes());
		});
	}

	private static String word(Proof proof) {
		if (proof instanceof Proof.Proven) {
			return "proven";
		}
		return (proof instanceof Proof.Refuted) ? "refuted" : "unread";
	}

}
