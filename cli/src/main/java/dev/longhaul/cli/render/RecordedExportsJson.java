package dev.longhaul.cli.render;

import java.io.OutputStream;

import dev.longhaul.cli.render.ListedExports.Kept;
import dev.longhaul.core.export.StoredExport;

/**
 * What nights have recorded of exports, for machines, as
 * {@code docs/schema/exports.schema.json} describes it.
 */
public final class RecordedExportsJson {

	private final String target;

	public RecordedExportsJson(String target) {
		this.target = target;
	}

	public void write(ListedExports listed, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("target", target);
			json.objects("refused", listed.recorded().refusals(), refusal -> {
				json.text("subject", refusal.subject());
				json.text("reason", refusal.reason());
			});
			json.objects("exports", listed.kept(), kept -> {
				write(json, kept);
				json.truth("there", listed.isThere(kept));
			});
			json.objects("failed", listed.failed(), failed -> {
				json.text("night", failed.night().stamp());
				json.text("job", failed.night().job().value());
				json.text("application", failed.application().value());
				json.text("name", failed.name().value());
				json.text("reason", failed.reason());
			});
		});
	}

	private static void write(JsonDocument json, Kept kept) {
		StoredExport export = kept.export();
		json.text("night", kept.night().stamp());
		json.text("job", kept.night().job().value());
		json.text("application", kept.application().value());
		json.text("name", export.name().value());
		json.text("origin", export.origin());
		json.instant("takenAt", export.takenAt());
		json.instant("checkedAt", export.checkedAt());
		json.number("sizeBytes", export.plain().size().bytes());
		json.text("sha256", export.plain().sha256());
		json.number("storedBytes", export.stored().size().bytes());
		json.text("storedSha256", export.stored().sha256());
		json.objects("recipients", export.recipients(), recipient -> json.text("age", recipient.value()));
		json.objectOrNull("inForce", export.inForce(), inForce -> {
			json.objects("images", inForce.images(), image -> {
				json.text("name", image.name());
				json.text("id", image.id());
			});
			json.texts("charts", inForce.charts());
		});
	}

}
