package dev.longhaul.backupstore.catalog;

import java.time.Duration;
import java.util.Locale;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Rehearsal;
import dev.longhaul.core.run.Rehearsal.Outcome;
import dev.longhaul.core.run.Rehearsal.Start;
import tools.jackson.core.JsonGenerator;

/**
 * What a drill has started of earlier nights, as JSON.
 */
public final class RehearsalJson {

	private RehearsalJson() {
	}

	public static byte[] write(Rehearsal rehearsal) {
		return JsonDocument.write(json -> {
			DocumentKind.DRILL.write(json);
			RunManifestJson.writeNight(json, rehearsal.run());
			json.writeStringProperty("finishedAt", rehearsal.finishedAt().toString());
			json.writeArrayPropertyStart("starts");
			rehearsal.starts().forEach(start -> writeStart(json, start));
			json.writeEndArray();
		});
	}

	/**
	 * @throws MalformedException if the bytes are not what {@link #write} makes
	 */
	public static Rehearsal read(byte[] bytes) throws MalformedException {
		return JsonDocument.read(bytes).all(fields -> {
			DocumentKind.DRILL.require(fields);
			return new Rehearsal(RunManifestJson.readNight(fields), fields.instant("finishedAt"),
					fields.list("starts", RehearsalJson::readStart));
		});
	}

	private static void writeStart(JsonGenerator json, Start start) {
		json.writeStartObject();
		json.writeObjectPropertyStart("night");
		RunManifestJson.writeNight(json, start.night());
		json.writeEndObject();
		json.writeStringProperty("application", start.application().value());
		json.writeStringProperty("manifestSha256", start.manifestHash());
		json.writeStringProperty("startedAt", start.at().toString());
		json.writeNumberProperty("tookMillis", start.took().toMillis());
		json.writeStringProperty("outcome", start.outcome().name().toLowerCase(Locale.ROOT));
		json.writeStringProperty("evidence", start.evidence());
		json.writeEndObject();
	}

	private static Start readStart(JsonFields fields) throws MalformedException {
		return new Start(fields.object("night", RunManifestJson::readNight),
				fields.parsed("application", ApplicationName::new), fields.string("manifestSha256"),
				fields.instant("startedAt"), Duration.ofMillis(fields.number("tookMillis")),
				fields.parsed("outcome", RehearsalJson::outcome), fields.string("evidence"));
	}

	private static Outcome outcome(String word) {
		return switch (word) {
			case "checked" -> Outcome.CHECKED;
			case "started" -> Outcome.STARTED;
			case "failed" -> Outcome.FAILED;
			default -> throw new IllegalArgumentException("no drill ends like that");
		};
	}

}
