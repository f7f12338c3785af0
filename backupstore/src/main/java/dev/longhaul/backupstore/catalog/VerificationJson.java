package dev.longhaul.backupstore.catalog;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Verification.Reading;
import dev.longhaul.core.run.Verification;
import tools.jackson.core.JsonGenerator;

/**
 * What a run has read back of earlier nights, as JSON.
 */
public final class VerificationJson {

	private VerificationJson() {
	}

	public static byte[] write(Verification verification) {
		return JsonDocument.write(json -> {
			DocumentKind.VERIFICATION.write(json);
			RunManifestJson.writeNight(json, verification.run());
			json.writeStringProperty("finishedAt", verification.finishedAt().toString());
			json.writeName("mirror");
			if (verification.mirror() != null) {
				json.writeString(verification.mirror());
			}
			else {
				json.writeNull();
			}
			json.writeArrayPropertyStart("readings");
			verification.readings().forEach(reading -> writeReading(json, reading));
			json.writeEndArray();
		});
	}

	/**
	 * @throws MalformedException if the bytes are not what {@link #write} makes
	 */
	public static Verification read(byte[] bytes) throws MalformedException {
		return JsonDocument.read(bytes).all(fields -> {
			DocumentKind.VERIFICATION.require(fields);
			return new Verification(RunManifestJson.readNight(fields), fields.instant("finishedAt"),
					fields.stringOrNull("mirror"), fields.list("readings", VerificationJson::readReading));
		});
	}

	private static void writeReading(JsonGenerator json, Reading reading) {
		json.writeStartObject();
		json.writeObjectPropertyStart("night");
		RunManifestJson.writeNight(json, reading.night());
		json.writeEndObject();
		json.writeStringProperty("application", reading.application().value());
		json.writeStringProperty("manifestSha256", reading.manifestHash());
		json.writeObjectPropertyStart("proof");
		ProofJson.writeFields(json, reading.proof());
		json.writeEndObject();
		json.writeEndObject();
	}

	private static Reading readReading(JsonFields fields) throws MalformedException {
		return new Reading(fields.object("night", RunManifestJson::readNight),
				fields.parsed("application", ApplicationName::new), fields.string("manifestSha256"),
				fields.object("proof", ProofJson::readFields));
	}

}
