package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RecordedExports;

/**
 * What nights have recorded of exports, for machines, as
 * {@code docs/schema/exports.schema.json} describes it.
 */
public final class RecordedExportsJson {

	private final String target;

	public RecordedExportsJson(String target) {
		this.target = target;
	}

	public void write(RecordedExports recorded, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.text("target", target);
			json.objects("refused", recorded.refusals(), refusal -> {
				json.text("subject", refusal.subject());
				json.text("reason", refusal.reason());
			});
			json.objects("exports", kept(recorded), kept -> write(json, kept));
			json.objects("failed", failed(recorded), failed -> {
				json.text("night", failed.night().stamp());
				json.text("job", failed.night().job().value());
				json.text("application", failed.application().value());
				json.text("name", failed.name());
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

	private static List<Kept> kept(RecordedExports recorded) {
		return recorded.nights()
			.stream()
			.flatMap(night -> night.applications()
				.stream()
				.flatMap(exports -> exports.kept()
					.stream()
					.map(export -> new Kept(night.night(), exports.application(), export))))
			.toList();
	}

	private static List<Failed> failed(RecordedExports recorded) {
		return recorded.nights()
			.stream()
			.flatMap(night -> night.applications()
				.stream()
				.flatMap(exports -> exports.failed()
					.entrySet()
					.stream()
					.sorted(Map.Entry.comparingByKey())
					.map(entry -> new Failed(night.night(), exports.application(), entry.getKey().value(),
							entry.getValue()))))
			.toList();
	}

	private record Kept(Night night, ApplicationName application, StoredExport export) {
	}

	private record Failed(Night night, ApplicationName application, String name, String reason) {
	}

}
