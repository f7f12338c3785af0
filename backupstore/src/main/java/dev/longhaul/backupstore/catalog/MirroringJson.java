package dev.longhaul.backupstore.catalog;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.run.Mirroring.Seen;
import dev.longhaul.core.run.Mirroring;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What a run has left in a mirror, as JSON.
 */
public final class MirroringJson {

	private MirroringJson() {
	}

	public static byte[] write(Mirroring mirroring) {
		return JsonDocument.write(json -> {
			DocumentKind.MIRRORING.write(json);
			RunManifestJson.writeNight(json, mirroring.run());
			json.writeStringProperty("finishedAt", mirroring.finishedAt().toString());
			json.writeObjectPropertyStart("mirror");
			PlaceJson.writeFields(json, mirroring.mirror());
			json.writeEndObject();
			json.writeName("failure");
			if (mirroring.failure() != null) {
				json.writeString(mirroring.failure());
			}
			else {
				json.writeNull();
			}
			json.writeArrayPropertyStart("seen");
			mirroring.seen().forEach(seen -> {
				json.writeStartObject();
				json.writeStringProperty("application", seen.application().value());
				writeHeld(json, seen.newest());
				json.writeEndObject();
			});
			json.writeEndArray();
		});
	}

	/**
	 * @throws MalformedException if the bytes are not what {@link #write} makes
	 */
	public static Mirroring read(byte[] bytes) throws MalformedException {
		return JsonDocument.read(bytes).all(fields -> {
			DocumentKind.MIRRORING.require(fields);
			return new Mirroring(RunManifestJson.readNight(fields), fields.instant("finishedAt"),
					fields.object("mirror", PlaceJson::readFields), fields.stringOrNull("failure"),
					fields.list("seen", seen -> new Seen(seen.parsed("application", ApplicationName::new),
							seen.objectOrNull("newest", MirroringJson::readHeld))));
		});
	}

	private static void writeHeld(JsonGenerator json, @Nullable Held held) {
		if (held == null) {
			json.writeNullProperty("newest");
			return;
		}
		json.writeObjectPropertyStart("newest");
		RunManifestJson.writeNight(json, held.night());
		json.writeStringProperty("manifestSha256", held.manifestHash());
		json.writeEndObject();
	}

	private static Held readHeld(JsonFields fields) throws MalformedException {
		return new Held(RunManifestJson.readNight(fields), fields.string("manifestSha256"));
	}

}
