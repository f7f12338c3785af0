package dev.longhaul.restore.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.restore.choice.Absence;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A restore plan as a document: what programs read, and what a run carries out.
 */
public final class PlanJson {

	private static final String KIND = "longhaul.dev/restore-plan";

	private static final int VERSION = 1;

	private PlanJson() {
	}

	public static byte[] write(RestorePlan plan) {
		return JsonDocument.write(json -> {
			json.writeStringProperty("kind", KIND);
			json.writeNumberProperty("version", VERSION);
			json.writeStringProperty("hash", plan.hash());
			writeDecisions(json, plan);
			json.writeArrayPropertyStart("remarks");
			plan.remarks().forEach(json::writeString);
			json.writeEndArray();
			write(json, "missing", plan.missing());
			write(json, "leftOut", plan.leftOut());
			write(json, plan.cost());
		});
	}

	/** All of it that a run acts on. */
	static byte[] decisions(RestorePlan plan) {
		return JsonDocument.write(json -> writeDecisions(json, plan));
	}

	private static void writeDecisions(JsonGenerator json, RestorePlan plan) {
		json.writeStringProperty("target", plan.target());
		json.writeArrayPropertyStart("volumes");
		plan.volumes().forEach(volume -> write(json, volume));
		json.writeEndArray();
		json.writeArrayPropertyStart("steps");
		for (PlannedStep step : plan.steps()) {
			json.writeStartObject();
			json.writeStringProperty("step", step.kind().word());
			json.writeStringProperty("subject", step.subject());
			json.writeStringProperty("what", step.what());
			json.writeStringProperty("why", step.why());
			json.writeEndObject();
		}
		json.writeEndArray();
		RepositoryJson.write(json, plan.repository());
		DeploymentJson.write(json, plan.deployment());
	}

	private static void write(JsonGenerator json, PlannedVolume volume) {
		json.writeStartObject();
		json.writeStringProperty("application", volume.application().value());
		json.writeStringProperty("name", volume.name().value());
		json.writeStringProperty("source", volume.source().value());
		json.writeStringProperty("backup", volume.backup().value());
		json.writeStringProperty("createdAt", volume.createdAt().toString());
		switch (volume.proven()) {
			case YES -> json.writeBooleanProperty("proven", true);
			case NO -> json.writeBooleanProperty("proven", false);
			case UNKNOWN -> json.writeStringProperty("proven", "unknown");
		}
		json.writeNumberProperty("sizeBytes", volume.size().bytes());
		ByteSize then = volume.sizeThen();
		if (then != null) {
			json.writeNumberProperty("sizeThenBytes", then.bytes());
		}
		json.writeNumberProperty("writtenBytes", volume.written().bytes());
		json.writeNumberProperty("blocks", volume.blocks());
		json.writeNumberProperty("replicas", volume.replicas());
		json.writeStringProperty("dataEngine", volume.dataEngine());
		json.writeStringProperty("accessMode", volume.accessMode());
		json.writeBooleanProperty("encrypted", volume.encrypted());
		write(json, volume.claim());
		json.writeEndObject();
	}

	private static void write(JsonGenerator json, @Nullable PlannedClaim claim) {
		if (claim == null) {
			json.writeNullProperty("claim");
			return;
		}
		json.writeObjectPropertyStart("claim");
		json.writeStringProperty("namespace", claim.ref().namespace());
		json.writeStringProperty("name", claim.ref().name());
		json.writeStringProperty("storageClass", claim.storageClass());
		json.writeArrayPropertyStart("accessModes");
		claim.accessModes().forEach(json::writeString);
		json.writeEndArray();
		JsonDocument.writeProperty(json, "persistentVolumeClaim", claim.claim());
		JsonDocument.writeProperty(json, "persistentVolume", claim.volume());
		JsonObject storageClass = claim.storageClassObject();
		if (storageClass != null) {
			JsonDocument.writeProperty(json, "storageClassObject", storageClass);
		}
		else {
			json.writeNullProperty("storageClassObject");
		}
		if (claim.replaces()) {
			json.writeBooleanProperty("replaces", true);
		}
		json.writeEndObject();
	}

	private static void write(JsonGenerator json, String name, List<Absence> absences) {
		json.writeArrayPropertyStart(name);
		for (Absence absence : absences) {
			json.writeStartObject();
			json.writeStringProperty("subject", absence.subject());
			json.writeStringProperty("why", absence.why());
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	private static void write(JsonGenerator json, Cost cost) {
		json.writeObjectPropertyStart("cost");
		json.writeNumberProperty("bytes", cost.bytes().bytes());
		json.writeNumberProperty("gets", cost.gets());
		json.writeStringProperty("usd", cost.usd().toPlainString());
		json.writeNumberProperty("seconds", cost.duration().toSeconds());
		json.writeNumberProperty("megabits", cost.megabits());
		json.writeEndObject();
	}

	/**
	 * @param subject where the document is from, for messages
	 * @throws DamagedData if it is no restore plan, or was changed after it was made
	 */
	public static RestorePlan read(byte[] document, String subject) {
		try {
			JsonFields fields = JsonDocument.read(document);
			requireKind(fields);
			String hash = fields.string("hash");
			RestorePlan plan = fields.all(PlanJson::plan);
			if (!plan.hash().equals(hash)) {
				throw new DamagedData(FailureCode.PLAN_CHANGED,
						"%s was changed after it was made: it is plan %s and says that it is %s".formatted(subject,
								plan.hash(), JsonDocument.excerpt(hash)),
						"make the plan anew with 'longhaul restore plan', and change its options instead");
			}
			return plan;
		}
		catch (MalformedException ex) {
			throw new DamagedData(FailureCode.PLAN_CHANGED,
					"%s is no restore plan: %s".formatted(subject, ex.getMessage()),
					"'longhaul restore plan --output json' writes one", ex);
		}
	}

	private static void requireKind(JsonFields fields) throws MalformedException {
		String kind = fields.string("kind");
		long version = fields.number("version");
		if (!kind.equals(KIND) || version != VERSION) {
			throw new MalformedException("it is a '%s' of version %d, and this Longhaul knows '%s' of version %d"
				.formatted(JsonDocument.excerpt(kind), version, KIND, VERSION));
		}
	}

	private static RestorePlan plan(JsonFields fields) throws MalformedException {
		return new RestorePlan(fields.string("target"), fields.list("volumes", PlanJson::volume),
				fields.list("steps", PlanJson::step), fields.objectOrNull("repository", RepositoryJson::read),
				fields.objectOrNull("deployment", DeploymentJson::read), fields.texts("remarks"),
				fields.list("missing", PlanJson::absence), fields.list("leftOut", PlanJson::absence),
				fields.object("cost", PlanJson::cost));
	}

	private static PlannedVolume volume(JsonFields fields) throws MalformedException {
		return new PlannedVolume(fields.parsed("application", ApplicationName::new),
				fields.parsed("name", VolumeName::new), fields.parsed("source", VolumeName::new),
				fields.parsed("backup", BackupName::new), fields.instant("createdAt"), proven(fields),
				new ByteSize(fields.number("sizeBytes")), sizeThen(fields), new ByteSize(fields.number("writtenBytes")),
				fields.number("blocks"), integer(fields, "replicas"), fields.string("dataEngine"),
				fields.string("accessMode"), fields.truth("encrypted"), fields.objectOrNull("claim", PlanJson::claim));
	}

	private static @Nullable ByteSize sizeThen(JsonFields fields) throws MalformedException {
		Long bytes = fields.numberIfPresent("sizeThenBytes");
		return (bytes != null) ? new ByteSize(bytes) : null;
	}

	private static Proven proven(JsonFields fields) throws MalformedException {
		if (fields.isString("proven")) {
			return fields.parsed("proven", PlanJson::unknown);
		}
		return fields.truth("proven") ? Proven.YES : Proven.NO;
	}

	private static Proven unknown(String word) {
		if (!word.equals("unknown")) {
			throw new IllegalArgumentException(word);
		}
		return Proven.UNKNOWN;
	}

	private static int integer(JsonFields fields, String name) throws MalformedException {
		long number = fields.number(name);
		if (number > Integer.MAX_VALUE) {
			throw new MalformedException("%s is too large: %d".formatted(name, number));
		}
		return (int) number;
	}

	private static PlannedClaim claim(JsonFields fields) throws MalformedException {
		return new PlannedClaim(new ClaimRef(fields.string("namespace"), fields.string("name")),
				fields.string("storageClass"), fields.texts("accessModes"), fields.jsonObject("persistentVolumeClaim"),
				fields.jsonObject("persistentVolume"), fields.jsonObjectOrNull("storageClassObject"),
				fields.truthIfPresent("replaces"));
	}

	private static PlannedStep step(JsonFields fields) throws MalformedException {
		return new PlannedStep(fields.parsed("step", StepKind::of), fields.string("subject"), fields.string("what"),
				fields.string("why"));
	}

	private static Absence absence(JsonFields fields) throws MalformedException {
		return new Absence(fields.string("subject"), fields.string("why"));
	}

	private static Cost cost(JsonFields fields) throws MalformedException {
		return new Cost(new ByteSize(fields.number("bytes")), fields.number("gets"),
				fields.parsed("usd", BigDecimal::new), Duration.ofSeconds(fields.number("seconds")),
				integer(fields, "megabits"));
	}

}
