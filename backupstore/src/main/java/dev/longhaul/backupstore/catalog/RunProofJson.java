package dev.longhaul.backupstore.catalog;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Places;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Verdict;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The proof of a night as JSON.
 */
public final class RunProofJson {

	private RunProofJson() {
	}

	public static byte[] write(RunProof proof) {
		return JsonDocument.write(json -> {
			DocumentKind.RUN_PROOF.write(json);
			RunManifestJson.writeNight(json, proof.night());
			json.writeStringProperty("manifestSha256", proof.manifestHash());
			json.writeStringProperty("judgedAt", proof.judgedAt().toString());
			writePlaces(json, proof.places());
			json.writeArrayPropertyStart("applications");
			proof.applications().forEach(application -> writeApplication(json, application));
			json.writeEndArray();
		});
	}

	/**
	 * @throws MalformedException if the bytes are not what {@link #write} makes
	 */
	public static RunProof read(byte[] bytes) throws MalformedException {
		return JsonDocument.read(bytes).all(fields -> {
			DocumentKind.RUN_PROOF.require(fields);
			return new RunProof(RunManifestJson.readNight(fields), fields.string("manifestSha256"),
					fields.instant("judgedAt"), fields.objectOrAbsent("places", PlaceJson::readPlaces),
					fields.list("applications", RunProofJson::readApplication));
		});
	}

	private static void writePlaces(JsonGenerator json, @Nullable Places places) {
		if (places != null) {
			json.writeObjectPropertyStart("places");
			PlaceJson.writeFields(json, places);
			json.writeEndObject();
		}
	}

	private static void writeApplication(JsonGenerator json, ApplicationProof application) {
		json.writeStartObject();
		json.writeStringProperty("application", application.application().value());
		json.writeName("newestProven");
		if (application.newestProven() != null) {
			json.writeString(application.newestProven().toString());
		}
		else {
			json.writeNull();
		}
		json.writeObjectPropertyStart("tonight");
		ProofJson.writeFields(json, application.tonight());
		json.writeEndObject();
		json.writeArrayPropertyStart("verdict");
		application.verdict().judgements().forEach(judgement -> {
			json.writeStartObject();
			json.writeStringProperty("clause", judgement.clause().name());
			json.writeStringProperty("answer", judgement.answer().name());
			json.writeStringProperty("evidence", judgement.evidence());
			json.writeEndObject();
		});
		json.writeEndArray();
		json.writeEndObject();
	}

	private static ApplicationProof readApplication(JsonFields fields) throws MalformedException {
		ApplicationName application = fields.parsed("application", ApplicationName::new);
		Verdict verdict = new Verdict(application, fields.list("verdict", RunProofJson::readJudgement));
		return new ApplicationProof(verdict, fields.object("tonight", ProofJson::readFields),
				fields.instantOrNull("newestProven"));
	}

	private static Judgement readJudgement(JsonFields fields) throws MalformedException {
		return new Judgement(fields.parsed("clause", Clause::valueOf), fields.parsed("answer", Answer::valueOf),
				fields.string("evidence"));
	}

}
