package dev.longhaul.backupstore.catalog;

import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.run.Places;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Place;
import tools.jackson.core.JsonGenerator;

/**
 * Places as JSON.
 */
final class PlaceJson {

	private PlaceJson() {
	}

	static void writeFields(JsonGenerator json, Places places) {
		json.writeObjectPropertyStart("live");
		writeFields(json, places.live());
		json.writeEndObject();
		json.writeObjectPropertyStart("target");
		writeFields(json, places.target());
		json.writeEndObject();
	}

	static Places readPlaces(JsonFields fields) throws MalformedException {
		return new Places(fields.object("live", PlaceJson::readFields), fields.object("target", PlaceJson::readFields));
	}

	static void writeFields(JsonGenerator json, Place place) {
		json.writeStringProperty("name", place.name());
		json.writeStringProperty("medium", place.medium());
		json.writeName("site");
		if (place.site() != null) {
			json.writeString(place.site());
		}
		else {
			json.writeNull();
		}
		json.writeStringProperty("immutable", place.immutable().name());
		json.writeStringProperty("immutabilityEvidence", place.immutabilityEvidence());
	}

	static Place readFields(JsonFields fields) throws MalformedException {
		return new Place(fields.string("name"), fields.string("medium"), fields.stringOrNull("site"),
				fields.parsed("immutable", Answer::valueOf), fields.string("immutabilityEvidence"));
	}

}
